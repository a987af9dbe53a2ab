using Unroll.Data;
namespace Unroll.Samples;
[Network(28, 28)]
[Flatten]
[Dense(128, Activation.Relu)]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitClassifier;

public static class Program
{
    public static void Main(string[] args)
    {
        var (train, test) = Mnist.Load(args[0]);
        var model = new DigitClassifier(seed: 42);
        Console.WriteLine(model.Summary());
        model.Compile(new Adam(), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(train, epochs: 5, batchSize: 32, callbacks: [new ProgressBar()], threads: args.Length > 1 ? int.Parse(args[1]) : 0);
        Console.WriteLine(model.Evaluate(test)["accuracy"]);
    }
}
