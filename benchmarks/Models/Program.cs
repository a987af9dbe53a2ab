using Unroll.Benchmarks.Models;

const string Usage = "Models [FOLDER] [--seconds S]: times a prediction of every NAME.onnx in FOLDER beside ONNX Runtime, then the import of a model of 25 MB";

double seconds = 5;
string? folder = null;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--seconds" && i + 1 < args.Length && double.TryParse(args[i + 1], out seconds) && seconds > 0)
    {
        i++;
    }
    else if (folder is null && !args[i].StartsWith('-'))
    {
        folder = args[i];
    }
    else
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

if (folder is not null)
{
    Console.WriteLine("One sample, one thread, in turns; medians in microseconds.");
    Console.WriteLine($"{"model",-20} {"Unroll",9} {"ONNX Runtime",13} {"ratio",6}  largest difference");
    foreach (string path in Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal))
    {
        using var turns = new PredictionTurns(path);
        Console.WriteLine(turns.Measure(seconds));
    }
}

Console.WriteLine(ImportTime.Measure());
return 0;
