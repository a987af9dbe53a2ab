using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What a recurrence begins with.</summary>
internal static class InitialStates
{
    /// <summary>The operator's input that is the first of them.</summary>
    public const int First = 5;

    /// <summary>The values, of the first direction, then of the second; none for zeros.</summary>
    /// <param name="call">The recurrence.</param>
    /// <param name="x">The sequence it reads.</param>
    /// <param name="units">Of the state.</param>
    /// <param name="directions">One or two.</param>
    public static IEnumerable<OnnxValue> Of(OnnxCall call, OnnxValue x, int units, int directions)
    {
        int[] inputs = [.. Enumerable.Range(First, call.Operator == "LSTM" ? 2 : 1)];
        if (inputs.All(input => !call.Has(input) || IsZero(call, input)))
        {
            return [];
        }

        OnnxValue[][] states = [.. inputs.Select(input => !call.Has(input) || call.Constant(input) is not null
            ? [.. Enumerable.Range(0, directions).Select(direction => Constant(call, x, input, units, direction, directions))]
            : call.Translation.States(call.Node.Input[input]) ?? [call.Batched(input)])];
        bool fit = states.All(each => each.Length == directions && each.All(state => state.ClassShape.SequenceEqual([units])));
        return fit
            ? Enumerable.Range(0, directions).SelectMany(direction => states.Select(each => each[direction]))
            : throw OnnxCall.Refusal("initial_h", $"a value of {units} numbers is expected for each direction", "give each direction a value of its own, [samples, units], joined along the first axis");
    }

    public static bool IsZero(OnnxCall call, int input) => call.Constant(input)?.Floats?.All(static value => value == 0) == true;

    /// <summary>Numbers that are the same for every sample: the bias of a dense layer that sees nothing but zeros.</summary>
    private static OnnxValue Constant(OnnxCall call, OnnxValue x, int input, int units, int direction, int directions)
    {
        float[] values = call.Constant(input)?.Floats ?? new float[directions * units];
        float[][] rows = [.. values.Chunk(units)];
        int samples = rows.Length / directions;
        float[][] own = values.Length == 1 ? [[.. Enumerable.Repeat(values[0], units)]] : [.. rows.Skip(direction * samples).Take(samples)];
        bool fits = values.Length == 1 || (samples > 0 && values.Length == samples * directions * units && call.Int("layout", 0) == 0);
        if (!fits || own.Any(row => !row.AsSpan().SequenceEqual(own[0])))
        {
            throw OnnxCall.Refusal(input == First ? "initial_h" : "initial_c", $"{units} constants for each direction, the same for every sample, are expected", "compute it by a layer");
        }

        NetworkNode mean = call.Translation.Add(typeof(GlobalAveragePooling1DAttribute), null, call.Fit(x, [0, 1]));
        OnnxValue zeros = ActivationRules.Rescale(call, new OnnxValue(mean, [x.Shape[1]], [0]), 0, 0);
        NetworkNode dense = call.Translation.Add(typeof(DenseAttribute), null, zeros);
        dense.Attribute!.Set("units", units);
        dense.Parameters.Add(new ImportedTensor("kernel", [x.Shape[1], units], new float[x.Shape[1] * units]));
        dense.Parameters.Add(new ImportedTensor("bias", [units], own[0]));
        return new OnnxValue(dense, [units], [0]);
    }
}
