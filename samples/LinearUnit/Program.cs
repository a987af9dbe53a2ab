namespace Unroll.Samples;

/// <summary>The first model of the course: one linear unit, y = w₁·x₁ + w₂·x₂ + w₃·x₃ + b.</summary>
[Network(3)]
[Dense(1)]
internal sealed partial class LinearUnit;

/// <summary>The same with two hidden layers, which can bend: a network of 4, 3 and 1 units.</summary>
[Network(3)]
[Dense(4, Activation.Relu)]
[Dense(3, Activation.Relu)]
[Dense(1)]
internal sealed partial class HiddenLayers;

internal static class Program
{
    private const string Usage = """
        Usage: LinearUnit [PATH]
          (no argument)  fits points drawn from a known plane
          PATH           fits the calories of breakfast cereals; PATH is the file cereal.csv
        """;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case []:
                PlaneFit.Run();
                return 0;
            case [string path] when !path.StartsWith('-'):
                return FitCereals(path);
            default:
                Console.Error.WriteLine(Usage);
                return 1;
        }
    }

    private static int FitCereals(string path)
    {
        try
        {
            CerealFit.Run(path);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException
            or FormatException or ArgumentException)
        {
            Console.Error.WriteLine(
                $"{exception.Message} Pass the path of cereal.csv from the data set \"80 Cereals\": "
                + "https://www.kaggle.com/datasets/crawford/80-cereals");
            return 1;
        }
    }
}
