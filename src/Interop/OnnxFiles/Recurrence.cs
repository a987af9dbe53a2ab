namespace Unroll.Interop.OnnxFiles;

/// <summary>A Scan or Loop over the steps of one sequence, whichever of the two it is.</summary>
/// <param name="Body">What it repeats.</param>
/// <param name="X">The sequence, steps first.</param>
/// <param name="Step">What the body calls a step, or, where it takes it out by itself, the sequence.</param>
/// <param name="TakesStep">Whether it does.</param>
/// <param name="Known">What stays as it is, by the body's names.</param>
/// <param name="Counters">Whole numbers that count the steps, from which one on.</param>
/// <param name="States">What goes from one step to the next.</param>
/// <param name="Output">The node's output of all steps; −1 for none.</param>
internal sealed record Recurrence(
    LoopBody Body, OnnxValue X, string Step, bool TakesStep, IReadOnlyDictionary<string, OnnxTensor> Known, IReadOnlyDictionary<string, long> Counters, IReadOnlyList<CarriedState> States, int Output)
{
    // Where functions bend, and where they have become what they tend to.
    private static readonly float[] s_scales = [0.5f, 2, 8];

    /// <summary>Whether the last step comes first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether what comes out is in the order of the steps even so.</summary>
    public bool IsInOrder { get; init; }

    /// <summary>The body's outputs at one step.</summary>
    public OnnxTensor[] Run(int place, float[] sequence, float[][] states)
    {
        int inputs = X.Shape[1];
        var values = new Dictionary<string, OnnxTensor>(Known)
        {
            [Step] = TakesStep ? new OnnxTensor([X.Shape[0], 1, inputs], sequence, null) : new OnnxTensor([1, inputs], sequence[(place * inputs)..((place + 1) * inputs)], null),
        };
        foreach ((string name, long first) in Counters)
        {
            values[name] = new OnnxTensor([], null, [first + place]);
        }

        foreach ((CarriedState state, float[] value) in States.Zip(states))
        {
            values[state.Name] = new OnnxTensor([1, value.Length], value, null);
        }

        return Body.Run(values);
    }

    /// <summary>The cell, with its two functions; null where it is none that a layer has.</summary>
    public (CellPattern Cell, Activation Inner, Activation Function)? Recognize()
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

            if (made.Length > 0 && cell.Recognize(made) is (Activation inner, Activation function))
            {
                return (cell, inner, function);
            }
        }

        return refusal is not null && steps.Values.All(static made => made.Length == 0) ? throw refusal : null;
    }

    /// <summary>None where the states have not so many numbers.</summary>
    private CellStep[] Steps(int units)
    {
        var random = new Random(7);
        var steps = new List<CellStep>();
        foreach (float scale in s_scales)
        {
            int place = random.Next(X.Shape[0]);
            float[] sequence = Numbers(X.Shape[0] * X.Shape[1]);
            float[][] before = [.. States.Select(_ => Numbers(units))];
            OnnxTensor[] outputs = Run(place, sequence, before);
            float[][] after = [.. States.Select(state => outputs[state.Output].AsFloats())];
            if (after.Any(values => values.Length != units) || (Output >= 0 && !outputs[Output].AsFloats().SequenceEqual(after[0])))
            {
                return [];
            }

            steps.Add(new CellStep(sequence[(place * X.Shape[1])..((place + 1) * X.Shape[1])], before, after));

            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => ((2 * random.NextSingle()) - 1) * scale)];
        }

        return [.. steps];
    }
}

/// <summary>A value that goes from one step to the next.</summary>
/// <param name="Name">What the body calls it before the step.</param>
/// <param name="Output">The body's output that is it behind the step.</param>
/// <param name="Begin">The node's input that it begins with.</param>
/// <param name="End">The node's output that it ends as.</param>
internal sealed record CarriedState(string Name, int Output, int Begin, int End);
