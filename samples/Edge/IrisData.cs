using System.Globalization;

namespace Unroll.Samples;

/// <summary>The flowers embedded in this program; see Data/ATTRIBUTION.md.</summary>
internal static class IrisData
{
    public static Dataset Load()
    {
        var features = new List<float>();
        var species = new List<float>();
        using var reader = new StreamReader(typeof(IrisData).Assembly.GetManifestResourceStream("iris.csv")!);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            float[] values = [.. line.Split(',').Select(static value => float.Parse(value, CultureInfo.InvariantCulture))];
            features.AddRange(values[..IrisClassifier.InputSize]);
            species.Add(values[IrisClassifier.InputSize]);
        }

        return new Dataset([.. features], [.. species], species.Count);
    }
}
