using System.Globalization;
using Unroll.Benchmarks.Against;

const string Usage = "Against predict|train|first|jit SIZES, such as 4-16-3: prints numbers in a line, of which benchmarks/against.sh makes a table";

if (args.Length != 2 || ShapedModel.Of(args[1]) is not { } shaped)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

double[]? measured = args[0] switch
{
    "predict" => [Predictions.Measure(shaped)],
    "train" => [TrainingSteps.Measure(shaped)],
    "first" => FirstCalls.Measure(shaped),
    "jit" => Compilation.Measure(shaped),
    _ => null,
};
if (measured is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

Console.WriteLine(string.Join(' ', measured.Select(static value => value.ToString("0.#####", CultureInfo.InvariantCulture))));
return 0;
