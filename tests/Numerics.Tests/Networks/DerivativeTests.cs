using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>
/// The derivative of every layer, activation and loss as compiled, against central differences of its own loss, at every machine. The
/// lists are held against the library: what is new and not here fails.
/// </summary>
public sealed class DerivativeTests
{
    // Large against the rounding of a loss, small enough to stay on one side of a kink: seeds are chosen for that.
    private const float Step = 1f / 256;
    private const int Rows = 4;

    private static readonly NetworkLibrary s_library = new(
        LayerExamples.Block + "\n"
        + string.Concat(LayerExamples.Names.Select(static layer => $"{LayerExamples.Network(layer)} public sealed partial class {layer}Net;\n"))
        + string.Concat(Enum.GetNames<Activation>().Select(static name =>
            $"[Network({LayerExamples.Inputs})] [Dense(6)] [Activate(Activation.{name})] [Dense(2)] public sealed partial class {name}Activation;\n"))
        + string.Concat(Enum.GetValues<Head>().Select(static head => $"[Network({LayerExamples.Inputs})] [Dense(5, Activation.{head})] public sealed partial class {head}Head;\n")));

    // Behind probabilities, positive values or any; against as many numbers, a distribution, bits, or one label.
    private static readonly (Loss Loss, Head Head, Target Target)[] s_losses =
    [
        (new MeanSquaredError(), Head.Linear, Target.Numbers),
        (new MeanAbsoluteError(), Head.Linear, Target.Numbers),
        (new MeanAbsolutePercentageError(), Head.Linear, Target.Distribution),
        (new MeanSquaredLogarithmicError(), Head.Sigmoid, Target.Distribution),
        (new Huber(0.5f), Head.Linear, Target.Numbers),
        (new LogCosh(), Head.Linear, Target.Numbers),
        (new BinaryCrossentropy(), Head.Sigmoid, Target.Bits),
        (new BinaryCrossentropy(fuse: false, labelSmoothing: 0.2f), Head.Sigmoid, Target.Bits),
        (new BinaryCrossentropy(fromLogits: true), Head.Linear, Target.Bits),
        (new CategoricalCrossentropy(), Head.Softmax, Target.Distribution),
        (new CategoricalCrossentropy(fuse: false, labelSmoothing: 0.2f), Head.Softmax, Target.Distribution),
        (new CategoricalCrossentropy(fromLogits: true), Head.Linear, Target.Distribution),
        (new SparseCategoricalCrossentropy(), Head.Softmax, Target.Label),
        (new SparseCategoricalCrossentropy(fuse: false), Head.Softmax, Target.Label),
        (new SparseCategoricalCrossentropy(fromLogits: true), Head.Linear, Target.Label),
        (new BinaryFocalCrossentropy(applyClassBalancing: true), Head.Sigmoid, Target.Bits),
        (new CategoricalFocalCrossentropy([0.1f, 0.3f, 0.2f, 0.5f, 0.4f]), Head.Softmax, Target.Distribution),
        (new Hinge(), Head.Linear, Target.Bits),
        (new SquaredHinge(), Head.Linear, Target.Bits),
        (new CategoricalHinge(), Head.Linear, Target.Distribution),
        (new KLDivergence(), Head.Softmax, Target.Distribution),
        (new Poisson(), Head.Sigmoid, Target.Distribution),
        (new CosineSimilarity(), Head.Linear, Target.Numbers),
    ];

    private enum Head
    {
        Linear,
        Sigmoid,
        Softmax,
    }

    private enum Target
    {
        Numbers,
        Distribution,
        Bits,
        Label,
    }

    public static TheoryData<Machine, string> Layers => Each(LayerExamples.Names);

    public static TheoryData<Machine, string> Activations => Each(Enum.GetNames<Activation>());

    public static TheoryData<Machine, int> Losses => Each(Enumerable.Range(0, s_losses.Length));

    /// <summary>The rows of a summary add up to its total, and so does what a budget counts.</summary>
    [Fact]
    public void EachLayerCountsItsParameters()
    {
        foreach (string layer in LayerExamples.Names)
        {
            Model model = s_library.Create(layer + "Net", Machines.Widest);
            Assert.Equal((layer, model.Parameters.Sum(static parameter => (long)parameter.Count)), (layer, model.Network.Layers.Sum(static row => row.ParameterCount)));
        }
    }

    [Fact]
    public void EveryLayerAndLossIsHere()
    {
        Assert.Equal(
            Derived(typeof(LayerAttribute)).Select(static name => name.Split('`')[0][..^"Attribute".Length]).Order(StringComparer.Ordinal),
            LayerExamples.Names.Order(StringComparer.Ordinal));
        Assert.Equal(
            Derived(typeof(Loss)).Order(StringComparer.Ordinal),
            s_losses.Select(static row => row.Loss.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void OfALayer(Machine machine, string name) => AssertDerivative(s_library.Create(name + "Net", machine), new MeanSquaredError(), Target.Numbers);

    [Theory]
    [MemberData(nameof(Activations))]
    public void OfAnActivation(Machine machine, string name) =>
        AssertDerivative(s_library.Create(name + "Activation", machine), new MeanSquaredError(), Target.Numbers);

    [Theory]
    [MemberData(nameof(Losses))]
    public void OfALoss(Machine machine, int index)
    {
        (Loss loss, Head head, Target target) = s_losses[index];
        AssertDerivative(s_library.Create(head + "Head", machine), loss, target);
    }

    private static void AssertDerivative(Model model, Loss loss, Target kind)
    {
        RandomValues.AssignTo(model, seed: 6);
        model.Compile(new NoOptimizer(), loss);
        Dataset data = Data(model, kind);
        Gradients gradients = model.ComputeGradients(data);

        // What rounding the loss, up to four units of its last place, makes of a difference.
        double rounding = Math.Max(1, gradients.Loss) / (1 << 22) / Step;
        foreach (Parameter parameter in model.Parameters.Where(static parameter => parameter.IsTrained))
        {
            float[] values = parameter.ToArray();
            float[] gradient = gradients[parameter.Name];
            for (int i = 0; i < values.Length; i++)
            {
                float at = values[i];
                double above = LossAt(at + Step);
                double below = LossAt(at - Step);
                LossAt(at);
                double slope = (above - below) / ((double)(at + Step) - (at - Step));
                Assert.True(
                    Math.Abs(slope - gradient[i]) <= (1e-3 * gradient.Max(Math.Abs)) + rounding,
                    FormattableString.Invariant($"{loss.Name}, {parameter.Name}[{i}]: {slope:G6} by differences, {gradient[i]:G6} by the compiled code"));

                float LossAt(float value)
                {
                    values[i] = value;
                    parameter.Assign(values);
                    return model.ComputeGradients(data).Loss;
                }
            }
        }
    }

    private static Dataset Data(Model model, Target kind)
    {
        int outputs = Blueprint.Size([.. model.Network.Outputs[0].Shape]);
        float[] targets = kind switch
        {
            Target.Numbers => RandomValues.Uniform(Rows * outputs, seed: 7),
            Target.Distribution => RandomValues.Distributions(Rows, outputs, seed: 7),
            Target.Bits => RandomValues.Labels(Rows * outputs, 2, seed: 7),
            _ => RandomValues.Labels(Rows, outputs, seed: 7),
        };
        float[] features = model.Network.Inputs[0].Ids is { } ids
            ? RandomValues.Labels(Rows * LayerExamples.Inputs, ids.Count, seed: 8)
            : RandomValues.Uniform(Rows * LayerExamples.Inputs, seed: 8);
        return new Dataset(features, targets, Rows);
    }

    private static IEnumerable<string> Derived(Type type) =>
        type.Assembly.GetExportedTypes().Where(each => each.IsSubclassOf(type) && !each.IsAbstract).Select(static each => each.Name);

    private static TheoryData<Machine, T> Each<T>(IEnumerable<T> cases) =>
        [.. Machines.Tested.SelectMany(machine => cases.Select(each => new TheoryDataRow<Machine, T>(machine, each)))];
}
