namespace Unroll.Interop.OnnxFiles;

/// <summary>A Scan or Loop over the steps of one sequence, whichever of the two it is.</summary>
/// <param name="Body">What it repeats.</param>
/// <param name="X">The sequence, steps first.</param>
/// <param name="Step">What the body calls a step, or, where it takes it out by itself, the sequence.</param>
/// <param name="TakesStep">Whether it does.</param>
/// <param name="Known">What stays as it is, by the body's names.</param>
/// <param name="Counters">Whole numbers that count the steps.</param>
/// <param name="States">What goes from one step to the next.</param>
/// <param name="Output">The node's output of all steps; −1 for none.</param>
internal sealed record Recurrence(
    LoopBody Body, OnnxValue X, string Step, bool TakesStep, IReadOnlyDictionary<string, OnnxTensor> Known, IReadOnlyList<Counter> Counters, IReadOnlyList<CarriedState> States, int Output)
{
    // Where functions bend, where they have become what they tend to, and beyond what limits a cell might have.
    private static readonly float[] s_scales = [0.5f, 2, 8, 64, 4096];

    // From which on functions have become what they tend to, and sums have lost digits.
    private const float Rough = 64;

    // For each size of numbers: a cell of one unit has to bend in some of them.
    private const int Bends = 24;

    // A moment's work.
    private const long MostProducts = 1 << 26;

    /// <summary>Whether the last step comes first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether what comes out is turned round.</summary>
    public bool TurnsOutput { get; init; }

    /// <summary>How many samples the body is tried with: what mixes them is no cell.</summary>
    private int Samples => Body.HasOpenSamples ? 2 : 1;

    /// <summary>Whether the body goes on behind a step, which only the number of the step may decide.</summary>
    /// <exception cref="RefusedNodeException">Something else decides, or a counter does not count the steps.</exception>
    public bool GoesOn(int place)
    {
        OnnxTensor[] outputs = Body.Run(Constants(place), [Body.Graph.Output[0].Name, .. Counters.Select(counter => Body.Graph.Output[counter.Output].Name)]);
        return Counters.Zip(outputs.Skip(1)).All(pair => pair.Second.Wholes is [long next] && next == pair.First.Begin.Wholes![0] + place + 1)
            ? outputs[0].AsFloats() is [not 0]
            : throw LoopBody.Unknown("a whole number that it carries does not go up by one with each step");
    }

    /// <summary>The body's outputs at one step.</summary>
    private OnnxTensor[] Run(int place, float[] sequence, float[][] states)
    {
        int inputs = X.Shape[1];
        int size = Samples * inputs;
        Dictionary<string, OnnxTensor> values = Constants(place);
        values[Step] = TakesStep ? new OnnxTensor([X.Shape[0], Samples, inputs], sequence, null) : new OnnxTensor([Samples, inputs], sequence[(place * size)..((place + 1) * size)], null);
        foreach ((CarriedState state, float[] value) in States.Zip(states))
        {
            values[state.Name] = new OnnxTensor([Samples, value.Length / Samples], value, null);
        }

        return Body.Run(values);
    }

    private Dictionary<string, OnnxTensor> Constants(int place)
    {
        var values = new Dictionary<string, OnnxTensor>(Known);
        if (TakesStep)
        {
            values[Body.Graph.Input[0].Name] = new OnnxTensor([], null, [place]);
        }

        foreach (Counter counter in Counters)
        {
            values[counter.Name] = counter.Begin with { Wholes = [counter.Begin.Wholes![0] + place] };
        }

        return values;
    }

    /// <summary>The cell, with its two functions; null where it is none that a layer has.</summary>
    public (CellPattern Cell, CellFunctions Functions)? Recognize()
    {
        OnnxTensor[] constants = [.. Known.Values, .. Body.Constants];
        var steps = new Dictionary<int, CellStep[]>();
        RefusedNodeException? refusal = null;
        foreach (CellPattern cell in CellPattern.Possible(constants, X.Shape[1], States.Count))
        {
            if (!steps.TryGetValue(cell.Units, out CellStep[]? made))
            {
                try
                {
                    made = Steps(cell.Units);
                }
                catch (RefusedNodeException refused)
                {
                    // Of another size, or not to be computed at all.
                    (made, refusal) = ([], refused);
                }

                steps.Add(cell.Units, made);
            }

            if (made.Length > 0 && cell.Recognize(made) is CellFunctions functions)
            {
                return (cell, functions);
            }
        }

        return refusal is not null && steps.Values.All(static made => made.Length == 0) ? throw refusal : null;
    }

    /// <summary>None where the states have not so many numbers.</summary>
    private CellStep[] Steps(int units)
    {
        var random = new Random(7);
        var steps = new List<CellStep>();
        int inputs = X.Shape[1];
        int trials = Math.Max(2, (Bends + units - 1) / units);
        foreach (float scale in s_scales)
        {
            // What a body makes of the number of the step is the same for numbers of every size.
            int[] places = !TakesStep ? [.. new int[trials]]
                : scale == s_scales[0] ? Places(MostProducts / ((long)Samples * units * (inputs + units)))
                : [.. Enumerable.Range(0, trials).Select(_ => random.Next(X.Shape[0]))];
            float[] sequence = [];
            foreach (int place in places)
            {
                sequence = TakesStep && sequence.Length > 0 ? sequence : Numbers((TakesStep ? X.Shape[0] : 1) * Samples * inputs);
                float[][] before = [.. States.Select(_ => Numbers(Samples * units))];
                OnnxTensor[] outputs = Run(place, sequence, before);
                OnnxTensor[] after = [.. States.Select(state => outputs[state.Output])];
                if (after.Any(value => !value.Dims.SequenceEqual([Samples, units]))
                    || (Output >= 0 && !(outputs[Output].Dims.SequenceEqual([Samples, units]) && outputs[Output].AsFloats().SequenceEqual(after[0].AsFloats()))))
                {
                    return [];
                }

                steps.AddRange(Enumerable.Range(0, Samples).Select(sample => new CellStep(
                    sequence.AsSpan(((place * Samples) + sample) * inputs, inputs).ToArray(),
                    [.. before.Select(value => value.AsSpan(sample * units, units).ToArray())],
                    [.. after.Select(value => value.AsFloats().AsSpan(sample * units, units).ToArray())],
                    scale >= Rough)));
            }

            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => ((2 * random.NextSingle()) - 1) * scale)];
        }

        return [.. steps];
    }

    /// <summary>Steps, all of them where that is a moment's work; else the first and last ones, and some between.</summary>
    private int[] Places(long most)
    {
        int steps = X.Shape[0];
        int part = (int)Math.Clamp(most / 3, 8, 128);
        return steps <= 3 * part ? [.. Enumerable.Range(0, steps)]
            : [.. Enumerable.Range(0, part), .. Enumerable.Range(1, part).Select(place => (int)((long)place * steps / (part + 1))), .. Enumerable.Range(steps - part, part)];
    }
}

/// <summary>A whole number that counts the steps.</summary>
/// <param name="Name">What the body calls it.</param>
/// <param name="Output">The body's output that is it behind the step.</param>
/// <param name="Begin">From which one on.</param>
internal sealed record Counter(string Name, int Output, OnnxTensor Begin);

/// <summary>A value that goes from one step to the next.</summary>
/// <param name="Name">What the body calls it before the step.</param>
/// <param name="Output">The body's output that is it behind the step.</param>
/// <param name="Begin">The node's input that it begins with.</param>
/// <param name="End">The node's output that it ends as.</param>
internal sealed record CarriedState(string Name, int Output, int Begin, int End);
