using System.Text.Json;

namespace Unroll.Samples;

internal static class Program
{
    private const string Usage = """
        Usage: Edge [WEIGHTS]
          Answers each line of JSON on standard input, such as
            {"sepalLength":5.1,"sepalWidth":3.5,"petalLength":1.4,"petalWidth":0.2}
          with a line of JSON. WEIGHTS is a file of weights, iris.safetensors by default; where there is none, the network is trained first.
        """;

    private static int Main(string[] args)
    {
        if (args.Length > 1 || args.Any(static arg => arg.StartsWith('-')))
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        try
        {
            Console.Error.WriteLine($"vectors of {Model.VectorBits} bits");
            var model = IrisClassifier.LoadOrTrain(args is [string path] ? path : "iris.safetensors", Console.Error);
            using var answers = new Answers(Console.OpenStandardOutput());
            while (Console.In.ReadLine() is { } line)
            {
                Answer(line, model, answers);
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static void Answer(string line, IrisClassifier model, Answers answers)
    {
        try
        {
            (float sepalLength, float sepalWidth, float petalLength, float petalWidth) = Flower.Parse(line);
            answers.Write(model.Predict([sepalLength, sepalWidth, petalLength, petalWidth]));
        }
        catch (JsonException exception)
        {
            answers.WriteError(exception.Message);
        }
    }
}
