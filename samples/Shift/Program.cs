using System.Globalization;

namespace Unroll.Samples;

/// <summary>8 × 8 pixels in, a probability for each of the ten digits out; small, as for a chip in the scanner.</summary>
[Network(8, 8)]
[Flatten]
[Dense(16, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitClassifier;

internal static class Program
{
    private static void Main()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ScannerStory.Tell();
        FrequencyStory.Tell();
        StreamStory.Tell();
    }
}
