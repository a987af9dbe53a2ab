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
        model.Compile(new Unroll.Samples.TmpAdam(), new SparseCategoricalCrossentropy(), new Accuracy());
        model.Fit(train, epochs: 5, batchSize: 32, callbacks: [new ProgressBar()], threads: args.Length > 1 ? int.Parse(args[1]) : 0);
        Console.WriteLine(model.Evaluate(test)["accuracy"]);
    }
}
public sealed class TmpAdam : Optimizer
{
    public TmpAdam() : base(0.001f) { }
    public override string Name => "adam";
    public override int SlotCount => 2;
    public override void Update(in OptimizerStep step)
    {
        var m = step.Slot(0); var v = step.Slot(1); var w = step.Parameters; var g = step.Gradients;
        float alpha = (float)(step.LearningRate * Math.Sqrt(1 - Math.Pow(0.999, step.Iteration)) / (1 - Math.Pow(0.9, step.Iteration)));
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = 0.9f * m[i] + 0.1f * g[i]; v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
            w[i] -= alpha * m[i] / (MathF.Sqrt(v[i]) + 1e-7f);
        }
    }
}
