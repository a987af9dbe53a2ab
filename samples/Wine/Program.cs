using System.Globalization;
using Unroll.Data;

namespace Unroll.Samples;

/// <summary>The quality of a red wine, as tasters graded it, from eleven measurements.</summary>
[Network(11)]
[Dense(512, Activation.Relu)]
[Dropout(0.3f)]
[BatchNormalization]
[Dense(512, Activation.Relu)]
[Dropout(0.3f)]
[BatchNormalization]
[Dense(512, Activation.Relu)]
[Dropout(0.3f)]
[BatchNormalization]
[Dense(1)]
internal sealed partial class WineQuality;

internal static class Program
{
    private const string Target = "quality";

    private static int Main(string[] args)
    {
        const string Source =
            "Pass the path of winequality-red.csv from the data set \"Wine Quality\": https://archive.ics.uci.edu/dataset/186";
        try
        {
            if (args is not [string path])
            {
                throw new ArgumentException("Wine takes one argument.");
            }

            Run(path);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException
            or FormatException or ArgumentException)
        {
            Console.Error.WriteLine($"{exception.Message} {Source}");
            return 1;
        }
    }

    private static void Run(string path)
    {
        (Dataset training, Dataset validation) = Load(path);
        var model = new WineQuality(seed: 1);
        Console.WriteLine(model.Summary());
        Console.WriteLine();

        var stopping = new EarlyStopping(minDelta: 0.001f, patience: 20, restoreBestWeights: true);
        model.Compile(new Adam(), new MeanAbsoluteError());
        History history = model.Fit(
            training, epochs: 200, batchSize: 256, validation, callbacks: [new ProgressBar(), stopping]);

        const string Curves = "wine.svg";
        history.SaveSvg(Curves);
        Console.WriteLine();
        Console.WriteLine($"curves: {Path.GetFullPath(Curves)}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"validation error: {model.Evaluate(validation).Loss:0.000} grades, after {history["loss"].Count} epochs"));
    }

    private static (Dataset Training, Dataset Validation) Load(string path)
    {
        Table table = Csv.Load(path, new CsvOptions { Separator = ';' });
        Dataset wines = table.ToDataset(table.ColumnsExcept(Target), Target);
        if (wines.FeatureSize != WineQuality.InputSize)
        {
            throw new InvalidDataException($"{path}: expected {WineQuality.InputSize} features, but found {wines.FeatureSize}.");
        }

        (Dataset training, Dataset validation) = wines.Split(0.7f, seed: 1);
        Standardizer standardizer = Standardizer.Fit(training);
        return (standardizer.Apply(training), standardizer.Apply(validation));
    }
}
