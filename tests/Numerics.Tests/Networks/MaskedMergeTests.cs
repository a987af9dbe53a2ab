using Unroll.Numerics.Tests.Harness;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>
/// Masked sequences that meet element by element, as in Keras 3 (<c>compute_mask</c> and <c>_merge_function</c> of its merging layers): a step counts where it
/// does in any sequence, and everywhere beside one without a mask; masked factors are 1, and the extreme is that of the others. Values, what a mean over the
/// steps that count makes of them, and gradients, in double precision and by central differences.
/// </summary>
public sealed class MaskedMergeTests
{
    private const int Ids = 6;
    private const int Steps = 5;
    private const int Width = 3;
    private const int Samples = 5;

    private static readonly Case[] s_cases = SlowTests.SomeOf<Case>([.. Cases()]);

    private static readonly NetworkLibrary s_library = new(
        "[Block] [Activate(Activation.Tanh)] internal class Keeping;\n[Block] [Reshape(5, 3)] internal class Dropping;\n"
        + string.Concat(s_cases.Select(static (tested, index) => tested.Source($"Net{index}"))));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreeWithTheReference(Machine machine)
    {
        for (int index = 0; index < s_cases.Length; index++)
        {
            Check(s_library.Create($"Net{index}", machine), s_cases[index]);
        }
    }

    private static void Check(Model model, Case tested)
    {
        RandomValues.AssignTo(model, seed: 7);
        double[][] tables = [.. model.Parameters.Select(static parameter => parameter.ToArray().Select(static value => (double)value).ToArray())];
        int positions = tested.Sequences.Sum(static sequence => sequence.Steps);
        // Twice as many zeros as of each other, and one sample of nothing else.
        float[] ids = [.. RandomValues.Labels(Samples * positions, Ids + 1, seed: 3).Select((id, place) => place < positions ? 0f : Math.Max(0f, id - 1f))];
        int outputs = (Steps + 1) * Width;
        float[] slopes = RandomValues.Uniform(Samples * outputs, seed: 5);

        double[] expected = [.. Enumerable.Range(0, Samples).SelectMany(sample => tested.Outputs(tables, ids.AsSpan(sample * positions, positions)))];
        Closeness.AssertClose(expected, model.Predict(ids), depth: 16, tested.Name, scale: 1);

        model.Compile(new SGD(), new LinearLoss(Samples));
        Gradients gradients = model.ComputeGradients(new Dataset(ids, slopes, Samples));
        for (int table = 0; table < tables.Length; table++)
        {
            double[] slopesOfTable = [.. Enumerable.Range(0, tables[table].Length).Select(place => Slope(tested, tables, (table, place), ids, slopes))];
            Closeness.AssertClose(slopesOfTable, gradients.ElementAt(table).Value, depth: 64, $"{tested.Name}, {model.Parameters[table].Name}", scale: 1);
        }
    }

    private static double Slope(Case tested, double[][] tables, (int Table, int Place) of, float[] ids, float[] slopes)
    {
        const double Step = 1e-6;
        double own = tables[of.Table][of.Place];
        double LossAt(double value)
        {
            tables[of.Table][of.Place] = value;
            int positions = ids.Length / Samples;
            return Enumerable.Range(0, Samples).SelectMany(sample => tested.Outputs(tables, ids.AsSpan(sample * positions, positions)))
                .Zip(slopes, static (y, slope) => y * slope).Sum();
        }

        double slope = (LossAt(own + Step) - LossAt(own - Step)) / (2 * Step);
        tables[of.Table][of.Place] = own;
        return slope;
    }

    private static IEnumerable<Case> Cases()
    {
        foreach (string merge in new[] { "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" })
        {
            foreach (string masks in merge == "Subtract" ? new[] { "11", "01" } : ["111", "010"])
            {
                yield return new Case(merge, [.. masks.Select(static mask => new Sequence(Steps, mask == '1'))]);
            }

            yield return new Case(merge, [new Sequence(Steps, true), new Sequence(1, true)]);
            yield return new Case(merge, [new Sequence(1, true), new Sequence(Steps, false)]);
            yield return new Case(merge, [new Sequence(Steps, true)], IsOfOne: true);
        }

        yield return new Case("Residual<Keeping>", [new Sequence(Steps, true)], IsOfOne: true);
        yield return new Case("Residual<Dropping>", [new Sequence(Steps, true)], IsOfOne: true);
    }

    /// <param name="Steps">How many ids it is made of.</param>
    /// <param name="IsMasked">Whether id 0 is masked.</param>
    private sealed record Sequence(int Steps, bool IsMasked);

    /// <param name="Merge">The layer.</param>
    /// <param name="Sequences">What it reads.</param>
    /// <param name="IsOfOne">Whether it reads the one sequence, and what its hyperbolic tangent makes of it under the same mask.</param>
    private sealed record Case(string Merge, Sequence[] Sequences, bool IsOfOne = false)
    {
        public string Name => $"{Merge} of {string.Join(", ", Sequences.Select(static sequence => $"{sequence.Steps}{(sequence.IsMasked ? " masked" : "")}"))}{(IsOfOne ? " and itself" : "")}";

        public string Source(string name)
        {
            string[] names = [.. Sequences.Select(static (_, index) => $"x{index}")];
            string inputs = string.Concat(Sequences.Select(static (sequence, index) => $"[Input(\"ids{index}\", {sequence.Steps})] "));
            string vectors = string.Concat(Sequences.Select(static (sequence, index) =>
                $"[Embedding({Ids}, {Width}, MaskZero = {(sequence.IsMasked ? "true" : "false")}, From = \"ids{index}\", Name = \"x{index}\")] "));
            string merge = Merge.StartsWith("Residual", StringComparison.Ordinal) ? $"[{Merge}(Name = \"merged\")]"
                : IsOfOne ? $"[Activate(Activation.Tanh, Name = \"other\")] [{Merge}(\"x0\", \"other\", Name = \"merged\")]"
                : $"[{Merge}(\"{string.Join("\", \"", names)}\", Name = \"merged\")]";
            return $"[Network] {inputs}{vectors}{merge} [Flatten(Name = \"values\")] [GlobalAveragePooling1D(From = \"merged\", Name = \"mean\")] "
                + $"[Concatenate(\"values\", \"mean\")] public sealed partial class {name};\n";
        }

        /// <summary>The values of all steps, and their mean over those that count.</summary>
        public double[] Outputs(double[][] tables, ReadOnlySpan<float> ids)
        {
            var values = new List<double[]>();
            var masks = new List<bool[]?>();
            int start = 0;
            foreach ((Sequence sequence, double[] table) in Sequences.Zip(tables))
            {
                float[] own = ids.Slice(start, sequence.Steps).ToArray();
                start += sequence.Steps;
                float IdAt(int step) => own[sequence.Steps == 1 ? 0 : step];
                values.Add([.. Enumerable.Range(0, Steps * Width).Select(place => table[((int)IdAt(place / Width) * Width) + (place % Width)])]);
                masks.Add(sequence.IsMasked ? [.. Enumerable.Range(0, Steps).Select(step => IdAt(step) != 0)] : null);
            }

            if (IsOfOne)
            {
                values.Add(Merge == "Residual<Dropping>" ? values[0] : [.. values[0].Select(Math.Tanh)]);
                masks.Add(Merge == "Residual<Dropping>" ? null : masks[0]);
            }

            double[] merged = [.. Enumerable.Range(0, Steps * Width).Select(place => Merged(
                [.. values.Select(value => value[place])], [.. masks.Select(mask => mask?[place / Width])]))];
            int[] counting = [.. Enumerable.Range(0, Steps).Where(step => masks.Contains(null) || masks.Any(mask => mask![step]))];
            return
            [
                .. merged,
                .. Enumerable.Range(0, Width).Select(unit => counting.Length == 0 ? 0 : counting.Average(step => merged[(step * Width) + unit])),
            ];
        }

        private double Merged(double[] values, bool?[] counts) => Merge switch
        {
            "Add" or "Residual<Keeping>" or "Residual<Dropping>" => values.Sum(),
            "Average" => values.Average(),
            "Subtract" => values[0] - values[1],
            "Multiply" when counts.All(static count => count == false) => 0,
            "Multiply" => values.Zip(counts).Aggregate(1.0, static (product, next) => next.Second == false ? product : product * next.First),
            "Maximum" => Extreme(values, counts, Math.Max),
            _ => Extreme(values, counts, Math.Min),
        };

        // Of those that count; where none does, the first.
        private static double Extreme(double[] values, bool?[] counts, Func<double, double, double> extreme)
        {
            double[] counting = [.. values.Where((_, index) => counts[index] != false)];
            return counting.Length == 0 ? values[0] : counting.Aggregate(extreme);
        }
    }
}
