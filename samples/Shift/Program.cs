using System.Globalization;

namespace Unroll.Samples;

/// <summary>8 × 8 pixels in, a probability for each of the ten digits out.</summary>
[Network(8, 8)]
[Flatten]
[Dense(32, Activation.Relu)]
[Dense(10, Activation.Softmax)]
internal sealed partial class DigitClassifier;

internal static class Program
{
    private static void Main()
    {
        // Culture of the program, not of the machine: the numbers below are read by tools too.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ScannerStory.Tell();
        FrequencyStory.Tell();
    }
}
