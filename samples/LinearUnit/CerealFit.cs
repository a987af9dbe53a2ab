using System.Globalization;
using Unroll.Data;

namespace Unroll.Samples;

/// <summary>Calories of breakfast cereals from their sugars, fiber and protein: a linear unit against a small network.</summary>
internal static class CerealFit
{
    private static readonly string[] s_features = ["sugars", "fiber", "protein"];

    public static void Run(string path)
    {
        // -1 is how this file writes "unknown".
        Table table = Csv.Load(path, new CsvOptions { MissingNumber = -1, Missing = MissingValues.Drop });
        Dataset cereals = table.ToDataset(s_features, target: "calories");
        (Dataset training, Dataset validation) = cereals.Split(0.8f, seed: 1);

        // Fitted on the training part alone: the validation part must not shape what the model sees.
        Standardizer standardizer = Standardizer.Fit(training);
        training = standardizer.Apply(training);
        validation = standardizer.Apply(validation);

        Console.WriteLine($"{cereals.Count} of {table.RowCount} cereals are complete: {training.Count} to train on, {validation.Count} to validate with.");
        Console.WriteLine("Calories from sugars, fiber and protein, mean absolute error:");
        Console.WriteLine();
        Console.WriteLine("                          parameters  training  validation");
        Fit("one linear unit", new LinearUnit(seed: 1), training, validation);
        Fit("hidden layers of 4 and 3", new HiddenLayers(seed: 1), training, validation);
    }

    private static void Fit(string name, Model model, Dataset training, Dataset validation)
    {
        model.Compile(new Adam(learningRate: 0.2f), new MeanSquaredError(), new MeanAbsoluteError());
        model.Fit(training, epochs: 500, batchSize: 16, verbose: false);

        int parameters = model.Parameters.Sum(static parameter => parameter.Count);
        float trainingError = model.Evaluate(training)["mean_absolute_error"];
        float validationError = model.Evaluate(validation)["mean_absolute_error"];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-25} {parameters,10}  {trainingError,8:0.00}  {validationError,10:0.00}"));
    }
}
