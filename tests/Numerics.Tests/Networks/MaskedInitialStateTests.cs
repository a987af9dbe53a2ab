using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>
/// States to begin with under a mask. Before the first step that counts the output is 0, as in <c>keras.backend.rnn</c> (Keras 3), whose repeated output does
/// not begin with the state; from there on it is that of the sequence without the steps before.
/// </summary>
public sealed class MaskedInitialStateTests
{
    private const int Steps = 5;
    private const int Masked = 2;
    private const int Width = 2;
    private const int Units = 3;

    private static readonly string[] s_cells = ["SimpleRNN", "GRU", "LSTM"];

    private static readonly NetworkLibrary s_library = new(string.Concat(s_cells.SelectMany(static cell => new[]
    {
        Source(cell, Steps, "", "Whole", isMasked: true),
        Source(cell, Steps, ", ReturnSequences = true", "Sequence", isMasked: true),
        Source(cell, Steps, ", ReturnSequences = true, GoBackwards = true", "Backwards", isMasked: true),
        Source(cell, Steps - Masked, ", ReturnSequences = true", "Rest", isMasked: false),
        Source(cell, Steps - Masked, ", ReturnSequences = true, GoBackwards = true", "RestBackwards", isMasked: false),
    })));

    public static TheoryData<Machine, string> Tested => [.. Machines.Tested.SelectMany(static machine => s_cells.Select(cell => (machine, cell)))];

    [Theory]
    [MemberData(nameof(Tested))]
    public void TheOutputIsZeroBeforeTheFirstStepThatCounts(Machine machine, string cell)
    {
        // Two samples: one whose first steps are masked, one all of whose steps are.
        float[] rest = RandomValues.Uniform((Steps - Masked) * Width, seed: 3);
        float[] x = [.. new float[Masked * Width], .. rest, .. new float[Steps * Width]];
        float[] h = RandomValues.Uniform(2 * Units, seed: 4);
        float[] expected = Predict("Rest", rest, h[..Units]);

        Closeness.AssertClose([.. new double[Masked * Units], .. expected.Select(static y => (double)y), .. new double[Steps * Units]], Predict("Sequence", x, h), 16, cell, 1);
        Closeness.AssertClose([.. expected[^Units..].Select(static y => (double)y), .. new double[Units]], Predict("Whole", x, h), 16, cell, 1);

        // The last step is read first, and what counts comes behind the masked ones.
        float[] reversed = [.. rest, .. new float[Masked * Width], .. new float[Steps * Width]];
        float[] backwards = Predict("RestBackwards", rest, h[..Units]);
        Closeness.AssertClose(
            [.. new double[Masked * Units], .. backwards.Select(static y => (double)y), .. new double[Steps * Units]], Predict("Backwards", reversed, h), 16, cell, 1);

        float[] Predict(string name, float[] sequences, float[] states)
        {
            Model model = s_library.Create(cell + name, machine);
            RandomValues.AssignTo(model, seed: 7);
            int samples = states.Length / Units;
            return model.Predict(Rows(sequences, states, samples));
        }
    }

    [Theory]
    [MemberData(nameof(Tested))]
    public void GradientsAreCentralDifferences(Machine machine, string cell)
    {
        const int Samples = 3;
        const float Step = 1f / 256f;
        float[] x = RandomValues.Uniform(Samples * Steps * Width, seed: 3);
        x.AsSpan(0, Masked * Width).Clear();
        x.AsSpan(Steps * Width, Steps * Width).Clear();
        x.AsSpan(((2 * Steps) + 2) * Width, Width).Clear();
        float[] rows = Rows(x, RandomValues.Uniform(Samples * Units, seed: 4), Samples);
        foreach (string name in (string[])["Whole", "Sequence", "Backwards"])
        {
            Model model = s_library.Create(cell + name, machine);
            RandomValues.AssignTo(model, seed: 7);
            float[] slopes = RandomValues.Uniform(model.Predict(rows).Length, seed: 5);
            model.Compile(new SGD(), new LinearLoss(Samples));
            Gradients gradients = model.ComputeGradients(new Dataset(rows, slopes, Samples));
            foreach (Parameter parameter in model.Parameters)
            {
                float[] values = parameter.ToArray();
                for (int i = 0; i < values.Length; i++)
                {
                    double slope = (LossAt(values[i] + Step) - LossAt(values[i] - Step)) / (2 * Step);
                    Assert.Equal(slope, gradients[parameter.Name][i], 1e-3);

                    double LossAt(float value)
                    {
                        float own = values[i];
                        values[i] = value;
                        parameter.Assign(values);
                        values[i] = own;
                        double loss = model.Predict(rows).Zip(slopes, static (y, s) => (double)y * s).Sum();
                        parameter.Assign(values);
                        return loss;
                    }
                }
            }
        }
    }

    private static float[] Rows(float[] sequences, float[] states, int samples) =>
    [
        .. Enumerable.Range(0, samples).SelectMany(sample => sequences.Chunk(sequences.Length / samples).ElementAt(sample)
            .Concat(states.Chunk(Units).ElementAt(sample))),
    ];

    private static string Source(string cell, int steps, string arguments, string name, bool isMasked)
    {
        string states = cell == "LSTM" ? "\"start\", \"memory\"" : "\"start\"";
        string memory = cell == "LSTM" ? $"[Dense({Units}, From = \"h\", Name = \"memory\")] " : "";
        string mask = isMasked ? "[Masking(From = \"x\", Name = \"masked\")]" : "[Activate(Activation.Linear, From = \"x\", Name = \"masked\")]";

        // Or the loss would leave out the steps whose output is at issue.
        string flat = arguments.Length > 0 ? "[Flatten] " : "";
        return $"[Network] [Input(\"x\", {steps}, {Width})] [Input(\"h\", {Units})] [Dense({Units}, From = \"h\", Name = \"start\")] {memory}{mask} "
            + $"[{cell}({Units}, InitialState = [{states}]{arguments})] {flat}public sealed partial class {cell}{name};\n";
    }
}
