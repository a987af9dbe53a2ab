namespace Unroll.Samples;

/// <summary>Lines that people compare and tools read.</summary>
internal static class Report
{
    public static void Accuracy(string of, float accuracy) => Console.WriteLine($"   {"accuracy, " + of + ":",-48} {accuracy:0.000}");
}
