using System.Globalization;

namespace Unroll.Samples;

/// <summary>The monthly mean sunspot numbers, and windows of them.</summary>
internal sealed class Series
{
    /// <summary>Months of a window.</summary>
    public const int Window = RecurrentForecast.InputSize;

    private readonly float[] _numbers;
    private readonly float[] _scaled;

    private Series(float[] numbers)
    {
        _numbers = numbers;
        _scaled = [.. numbers.Select(Scale)];
    }

    public int Count => _numbers.Length;

    public float this[int month] => _numbers[month];

    public static Series Load()
    {
        using Stream file = typeof(Series).Assembly.GetManifestResourceStream("sunspots.csv")!;
        using var reader = new StreamReader(file);
        reader.ReadLine();
        var numbers = new List<float>();
        while (reader.ReadLine() is string line)
        {
            numbers.Add(float.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
        }

        return new Series([.. numbers]);
    }

    /// <summary>A month as the networks see it: counts vary as their root does, and come to lie about 0.</summary>
    public float ScaledAt(int month) => _scaled[month];

    /// <summary>For each of these months the window before it, and how far it is from the last month of that.</summary>
    public Dataset WindowsBefore(int first, int end)
    {
        float[] features = [.. Enumerable.Range(first, end - first).SelectMany(month => _scaled[(month - Window)..month])];
        float[] changes = [.. Enumerable.Range(first, end - first).Select(month => _scaled[month] - _scaled[month - 1])];
        return new Dataset(features, changes, end - first);
    }

    /// <summary>The number that a predicted change comes to.</summary>
    public float NumberAfter(int month, float change)
    {
        float root = Math.Max(0f, (_scaled[month] + 0.8f) * 8f) + (change * 8f);
        return root * Math.Max(0f, root);
    }

    private static float Scale(float number) => (MathF.Sqrt(number) / 8f) - 0.8f;
}
