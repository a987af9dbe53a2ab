using System.Globalization;
using Unroll.Data;

namespace Unroll.Samples;

/// <summary>Miles a gallon from six numbers of a car and its origin, one of three.</summary>
[Network(9)]
[Dense(64, Activation.Relu)]
[Dense(64, Activation.Relu)]
[Dense(1)]
internal sealed partial class FuelEconomy;

internal static class Program
{
    private const string Target = "mpg";

    private static readonly string[] s_features =
        ["cylinders", "displacement", "horsepower", "weight", "acceleration", "year", "origin"];

    private static int Main(string[] args)
    {
        const string Source = "Pass the path of auto-mpg.data from the data set \"Auto MPG\": https://archive.ics.uci.edu/dataset/9";
        try
        {
            if (args is not [string path])
            {
                throw new ArgumentException("Mpg takes one argument.");
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
        var model = new FuelEconomy(seed: 1);
        Console.WriteLine(model.Summary());
        Console.WriteLine();
        Console.WriteLine($"{training.Count} cars to train on, {validation.Count} to validate with; mean absolute error in miles a gallon:");
        Console.WriteLine();

        var stopping = new EarlyStopping("val_mean_absolute_error", patience: 30, restoreBestWeights: true);
        model.Compile(new Adam(), new MeanSquaredError(), new MeanAbsoluteError());
        model.Fit(
            training,
            epochs: 300,
            batchSize: 32,
            validation,
            callbacks: [stopping, new LambdaCallback(onEpochEnd: WriteEveryTenthEpoch)]);

        Console.WriteLine();
        Console.WriteLine($"The best epoch was {stopping.BestEpoch + 1}; its weights are kept. Five cars of the validation part:");
        Console.WriteLine();
        WritePredictions(model, validation.Take(5));
        Console.WriteLine();
        float error = model.Evaluate(validation)["mean_absolute_error"];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"validation error: {error:0.00} miles a gallon"));
    }

    private static (Dataset Training, Dataset Validation) Load(string path)
    {
        var options = new CsvOptions
        {
            Separator = ' ',
            HasHeader = false,
            ColumnNames = [Target, .. s_features, "name"],
            Missing = MissingValues.Drop,
        };

        // Origin is 1, 2 or 3, but Europe does not lie between the USA and Japan: one column each.
        Dataset cars = Csv.Load(path, options).EncodeOneHot("origin").ToDataset(s_features, Target);
        if (cars.FeatureSize != FuelEconomy.InputSize)
        {
            throw new InvalidDataException($"{path}: expected {FuelEconomy.InputSize} features, but found {cars.FeatureSize}.");
        }

        (Dataset training, Dataset validation) = cars.Split(0.8f, seed: 1);
        Standardizer standardizer = Standardizer.Fit(training);
        return (standardizer.Apply(training), standardizer.Apply(validation));
    }

    private static void WriteEveryTenthEpoch(TrainingContext context)
    {
        if ((context.Epoch + 1) % 10 == 0)
        {
            Logs logs = context.Logs;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {context.Epoch + 1,3}   training {logs["mean_absolute_error"],6:0.00}   validation {logs["val_mean_absolute_error"],6:0.00}"));
        }
    }

    private static void WritePredictions(Model model, Dataset cars)
    {
        float[] predictions = model.Predict(cars.Features);
        Console.WriteLine("  true   predicted");
        for (int car = 0; car < cars.Count; car++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cars.TargetOf(car)[0],6:0.0}   {predictions[car],9:0.0}"));
        }
    }
}
