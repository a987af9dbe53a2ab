using System.Diagnostics;
using System.Globalization;
using Unroll.Data;

namespace Unroll.Samples;

internal static class Program
{
    private const int BatchSize = 128;

    private const string Usage = """
        Usage: ResNet --data DIR [--depth 20|8] [--epochs N]
          --data DIR     the folder of MNIST's four IDX files, gzipped or not:
                         https://ossci-datasets.s3.amazonaws.com/mnist/ has them
          --depth 8      one residual block at each size of the image in place of three: a third of the work (default 20)
          --epochs N     how often all images are seen, at least 1 (default 8)
        """;

    private static int Main(string[] args)
    {
        if (Options.Read(args) is not { } options)
        {
            return Fail(Usage);
        }

        try
        {
            (Dataset training, Dataset test) = Mnist.Load(options.Directory);
            if (training.FeatureSize != ResNet20.InputSize)
            {
                throw new InvalidDataException($"{options.Directory}: expected images of {ResNet20.InputSize} pixels (28 × 28), but found {training.FeatureSize}.");
            }

            return Train(options, training, test);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }
    }

    private static int Train(Options options, Dataset training, Dataset test)
    {
        Model model = options.Depth == 8 ? new ResNet8(seed: 1) : new ResNet20(seed: 1);
        string name = string.Create(CultureInfo.InvariantCulture, $"resnet{options.Depth}");
        Console.WriteLine(model.Summary());
        Console.WriteLine();
        Console.WriteLine($"{training.Count} images to train on, {test.Count} others for the test. Ctrl+C ends the training early and keeps what was learnt.");
        Console.WriteLine();

        // Up in half an epoch, then down along a cosine to nothing.
        int steps = (training.Count + BatchSize - 1) / BatchSize;
        var schedule = new CosineDecay(0.01f, (options.Epochs * steps) - (steps / 2), warmupTarget: 0.1f, warmupSteps: steps / 2);
        model.Compile(new SGD(schedule, momentum: 0.9f, nesterov: true), new SparseCategoricalCrossentropy(), new Accuracy());
        var watch = Stopwatch.StartNew();
        using (var interrupt = new Interrupt())
        {
            try
            {
                model.Fit(
                    training,
                    options.Epochs,
                    BatchSize,
                    validation: test,
                    seed: 1,
                    callbacks: [new ProgressBar(), new TrainingReport(name + ".html")],
                    cancellationToken: interrupt.Token);
            }
            catch (OperationCanceledException)
            {
                Console.WriteLine();
                Console.WriteLine("Training ended early.");
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained for {watch.Elapsed.TotalSeconds:0} s"));
        Console.WriteLine();
        Console.WriteLine("Rows: the digit of a test image. Columns: the network's answer.");
        Console.WriteLine();
        ConfusionTable.Write(Console.Out, model, test);
        ConfusionSheet.Write(name + ".png", model, test);
        model.Save(name + ".safetensors");
        Console.WriteLine();
        Console.WriteLine($"mistakes: {Path.GetFullPath(name + ".png")}");
        Console.WriteLine($"report:   {Path.GetFullPath(name + ".html")}");
        Console.WriteLine($"weights:  {Path.GetFullPath(name + ".safetensors")}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {model.Evaluate(test)["accuracy"]:0.0000}"));
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    /// <summary>The command line.</summary>
    private sealed record Options(string Directory, int Depth, int Epochs)
    {
        /// <summary>Null where it is none.</summary>
        public static Options? Read(string[] args)
        {
            var options = new Options("", 20, 8);
            for (int i = 0; i + 1 < args.Length; i += 2)
            {
                int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number);
                switch (args[i])
                {
                    case "--data":
                        options = options with { Directory = args[i + 1] };
                        break;
                    case "--depth" when number is 8 or 20:
                        options = options with { Depth = number };
                        break;
                    case "--epochs" when number >= 1:
                        options = options with { Epochs = number };
                        break;
                    default:
                        return null;
                }
            }

            return args.Length % 2 == 0 && options.Directory.Length > 0 ? options : null;
        }
    }
}
