using System.Diagnostics;
using System.Globalization;

namespace Unroll.Samples;

/// <summary>The network for the digits in this program: 8 × 8 pixels in, a probability for each of the ten digits out.</summary>
[Network(8, 8)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dropout(0.2f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class OpticalDigitClassifier;

/// <summary>The network for MNIST: the same idea at 28 × 28 pixels.</summary>
[Network(28, 28)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dropout(0.2f)]
[Dense(10, Activation.Softmax)]
internal sealed partial class MnistClassifier;

internal static class Program
{
    private const string Usage = """
        Usage: Digits [--data DIR] [--model dense|conv|rows]
          (no argument)  trains on the 1,797 handwritten digits that come with the program
          --model conv   a convolutional network in place of a dense one
          --model rows   with --data: a recurrent network that reads images row by row
          --data DIR     trains on MNIST, whose four IDX files, gzipped or not, lie in DIR:
                         https://ossci-datasets.s3.amazonaws.com/mnist/ has them
        """;

    private static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                [] or ["--model", "dense"] => TrainOnOpticalDigits("digits", new OpticalDigitClassifier(seed: 1)),
                ["--model", "conv"] => TrainOnOpticalDigits("digits-conv", new ConvolutionalOpticalClassifier(seed: 1)),
                ["--data", string directory, "--model", "conv"] =>
                    TrainOnMnist(directory, "mnist-conv", new ConvolutionalMnistClassifier(seed: 42), epochs: 3, Falling(2e-3f)),
                ["--data", string directory, "--model", "rows"] => TrainOnMnist(
                    directory, "mnist-rows", new MnistRowReader(seed: 42), epochs: 3, Falling(4e-3f)),
                ["--data", string directory, .. [] or ["--model", "dense"]] =>
                    TrainOnMnist(directory, "mnist", new MnistClassifier(seed: 42), epochs: 5),
                _ => Fail(Usage),
            };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }
    }

    private static int TrainOnOpticalDigits(string name, Model model)
    {
        // The file is ordered by writer. Shuffled with a seed, the 360 images held out are by all writers, and the same in each run.
        (Dataset training, Dataset test) = DigitData.LoadOptical().Split(0.8f, seed: 1);
        return Train(name, model, training, test, new Adam(learningRate: 0.002f), epochs: 30);
    }

    // Along a cosine to nothing, within three epochs of 54,000 images in batches of 32.
    private static Adam Falling(float learningRate) => new(new CosineDecay(learningRate, decaySteps: 3 * 1688));

    private static int TrainOnMnist(string directory, string name, Model model, int epochs, Optimizer? optimizer = null)
    {
        (Dataset training, Dataset test) = DigitData.LoadMnist(directory);
        return Train(name, model, training, test, optimizer ?? new Adam(), epochs);
    }

    private static int Train(string name, Model model, Dataset training, Dataset test, Optimizer optimizer, int epochs)
    {
        Console.WriteLine(model.Summary());
        Console.WriteLine();
        Console.WriteLine($"{training.Count} images to train on, a tenth of them kept for validation; {test.Count} others for the test.");
        Console.WriteLine("Ctrl+C ends the training early and keeps what was learnt.");
        Console.WriteLine();

        // A page for the browser, rewritten as training goes on.
        var report = new TrainingReport(name + ".html");
        var watch = Stopwatch.StartNew();
        model.Compile(optimizer, new SparseCategoricalCrossentropy(), new Accuracy());
        using (var interrupt = new Interrupt())
        {
            try
            {
                model.Fit(
                    training,
                    epochs,
                    batchSize: 32,
                    validationSplit: 0.1f,
                    callbacks: [new ProgressBar(), report],
                    cancellationToken: interrupt.Token);
            }
            catch (OperationCanceledException)
            {
                Console.WriteLine();
                Console.WriteLine("Training ended early.");
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained for {watch.Elapsed.TotalSeconds:0.0} s"));
        Console.WriteLine();
        Console.WriteLine("Rows: the digit of a test image. Columns: the network's answer.");
        Console.WriteLine();
        ConfusionTable.Write(Console.Out, model, test);
        int exitCode = Save(name, model, test);
        float accuracy = model.Evaluate(test)["accuracy"];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy: {accuracy:0.0000}"));
        return exitCode;
    }

    // Files of its own for each network: the shapes differ, and neither run shall undo the other.
    private static int Save(string name, Model model, Dataset test)
    {
        string weights = name + ".safetensors";
        string curves = name + ".svg";
        string mistakes = name + ".png";
        Console.WriteLine();
        try
        {
            model.Save(weights);
            Console.WriteLine($"weights:  {Path.GetFullPath(weights)}");
            if (model.History is { Keys.Count: > 0 } history)
            {
                history.SaveSvg(curves);
                Console.WriteLine($"curves:   {Path.GetFullPath(curves)}");
            }

            ConfusionSheet.Write(mistakes, model, test);
            Console.WriteLine($"mistakes: {Path.GetFullPath(mistakes)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }

        Console.WriteLine();
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
