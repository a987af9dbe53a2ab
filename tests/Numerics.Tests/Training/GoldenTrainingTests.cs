using System.Text.Json;
using Unroll.Numerics.Tests.Harness;
using Unroll.Runtime.Tests;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Three steps of <c>Fit</c>, the last on a shorter batch, against PyTorch's parameters and losses (tests/golden/training.py).</summary>
public sealed class GoldenTrainingTests
{
    private static readonly Blueprint[] s_blueprints =
    [
        new("Classifier", [5], new DenseSketch(17, Activation.Relu), new DenseSketch(3, Activation.Softmax)),
        new("Regressor", [5], new DenseSketch(17, Activation.Tanh, KernelL2: 0.25f), new DenseSketch(3, UseBias: false, KernelL1: 0.125f)),
    ];

    private static readonly NetworkLibrary s_library = new(s_blueprints) { Machines = Machines.Compared };

    public static TheoryData<Machine, string, string> Runs
    {
        get
        {
            var data = new TheoryData<Machine, string, string>();
            foreach (Machine machine in Machines.Compared)
            {
                foreach (Blueprint blueprint in s_blueprints)
                {
                    foreach (string optimizer in new[] { "sgd", "momentum", "nesterov", "adam" })
                    {
                        data.Add(machine, blueprint.Name, optimizer);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void EndsWhereItDoes(Machine machine, string network, string optimizer)
    {
        JsonElement run = Golden.Read("training.json").EnumerateArray().Single(entry =>
            entry.GetProperty("network").GetString() == network && entry.GetProperty("optimizer").GetString() == optimizer);
        Model model = s_library.Create(network, machine);
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Assign(run.GetProperty("start").GetProperty(parameter.Name).Floats());
        }

        Loss loss = network == "Classifier" ? new SparseCategoricalCrossentropy() : new MeanSquaredError();
        model.Compile(Create(optimizer), loss);
        var data = new Dataset(run.GetProperty("features").Floats(), run.GetProperty("targets").Floats(), count: 10);
        History history = model.Fit(data, batchSize: 4, shuffle: false);

        JsonElement expected = run.GetProperty("expected");
        double[] losses = expected.GetProperty("losses").Doubles();
        Closeness.AssertClose([((4 * losses[0]) + (4 * losses[1]) + (2 * losses[2])) / 10], [.. history["loss"]], depth: 17, "loss");
        foreach (Parameter parameter in model.Parameters)
        {
            Closeness.AssertClose(
                expected.GetProperty("parameters").GetProperty(parameter.Name).Doubles(), parameter.ToArray(), depth: 17, parameter.Name);
        }
    }

    private static Optimizer Create(string name) => name switch
    {
        "sgd" => new SGD(0.125f),
        "momentum" => new SGD(0.125f, momentum: 0.875f),
        "nesterov" => new SGD(0.125f, momentum: 0.875f, nesterov: true),
        "adam" => new Adam(0.03125f, beta1: 0.875f, beta2: 0.96875f, epsilon: 1e-3f),
        _ => throw new ArgumentException($"There is no optimizer {name}."),
    };
}
