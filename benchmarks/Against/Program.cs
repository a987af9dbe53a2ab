using System.Globalization;
using Unroll.Benchmarks.Against;

const string Usage = """
    Prints numbers in a line, of which benchmarks/against.sh makes a table. Sizes such as 4-16-3:
      Against predict SIZES SAMPLES
      Against train SIZES BATCH THREADS
      Against epoch SIZES BATCH SAMPLES
      Against memory SIZES BATCH
      Against first SIZES SAMPLES
      Against jit SIZES
    """;

int[] numbers = [.. args.Skip(2).Select(static text => int.TryParse(text, out int number) ? number : 0)];
double[]? measured = args.Length < 2 || ShapedModel.Of(args[1]) is not { } shaped || numbers.Any(static number => number < 1)
    ? null
    : (args[0], numbers) switch
    {
        ("predict", [int samples]) => [Predictions.Measure(shaped, samples)],
        ("train", [int batch, int threads]) => [TrainingSteps.Measure(shaped, batch, threads)],
        ("epoch", [int batch, int samples]) => [TrainingSteps.Measure(shaped, batch, threads: 1, samples)],
        ("memory", [int batch]) => [TrainingMemory.Measure(shaped, batch)],
        ("first", [int samples]) => FirstCalls.Measure(shaped, samples),
        ("jit", []) => Compilation.Measure(shaped),
        _ => null,
    };
if (measured is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

Console.WriteLine(string.Join(' ', measured.Select(static value => value.ToString("0.#####", CultureInfo.InvariantCulture))));
return 0;
