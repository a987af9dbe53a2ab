using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Steps from the last to the first. No layer turns them round, but a recurrence may begin at either end.</summary>
internal static class ReversedSteps
{
    /// <summary>The operator that turns steps round, of as many as there are.</summary>
    public static void Operator(OnnxCall call)
    {
        LooseValue x = call.Loose(0);
        int axis = LooseRules.Axis(x, call.Int("time_axis", 0));
        int samples = LooseRules.Axis(x, call.Int("batch_axis", 1));
        if (!x.File[samples].Contains(Factor.Samples) || call.WholeNumbers(1, "sequence_lens").Any(length => length != x.Length(axis)))
        {
            throw OnnxCall.Refusal("sequence_lens", "all steps of every sample are turned round", "export the model without lengths");
        }

        call.Give(Turn(x, axis) ?? throw OnnxCall.Refusal("time_axis", "steps of a sequence are turned round", "leave other axes as they are"));
    }

    /// <summary>The value with an axis turned round; null where that is none of the class.</summary>
    public static LooseValue? Turn(LooseValue x, int axis) => x.File[axis] switch
    {
        [] => x,
        [Factor steps] when steps == x.Reversed => x with { Reversed = null },
        [Factor steps] when x.Reversed is null && x.Class.Any(own => own is [Factor only] && only == steps) => x with { Reversed = steps },
        _ => null,
    };

    /// <summary>The sequence that a recurrence reads, and whether it reads that from the last step on.</summary>
    /// <param name="call">The recurrence.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="axis">That of the steps.</param>
    public static (OnnxValue Value, bool IsTurned) Sequence(OnnxCall call, int input, int axis) =>
        call.IsLoose(input) && call.Loose(input) is { Reversed: Factor steps } x && x.File[axis] is [Factor first] && first == steps
            ? (LooseAxes.Settle(call, x with { Reversed = null }), true)
            : (call.Batched(input), false);

    /// <summary>What a pooling reads: over steps in any order.</summary>
    /// <param name="call">The pooling.</param>
    /// <param name="isPooled">Whether it goes over an axis of the file.</param>
    public static OnnxValue Pooled(OnnxCall call, Func<int, int, bool> isPooled) =>
        call.IsLoose(0) && call.Loose(0) is { Reversed: Factor steps } x
            && Array.FindIndex(x.File, axis => axis.Contains(steps)) is >= 0 and int place && isPooled(place, x.File.Length)
            ? LooseAxes.Settle(call, x with { Reversed = null })
            : call.Batched();

    /// <summary>The value in the order of the file; null where no layer gives it.</summary>
    /// <remarks>
    /// The second of two directions goes the other way and gives its steps turned round. The first one has zeros for weights, and what it gives is cut off, so that it stays so in training.
    /// </remarks>
    public static LooseValue? InOrder(OnnxCall call, LooseValue value)
    {
        if (!IsOfRecurrence(value, isTurned: true))
        {
            return null;
        }

        OnnxTranslation translation = call.Translation;
        int units = (int)value.Node.Attribute!.Get("units")!;
        if (!translation.InOrder.TryGetValue(value.Node, out NetworkNode? both))
        {
            AttributeText attribute = value.Node.Attribute.With("GoBackwards", !GoesBackwards(value.Node));
            attribute.Set("Bidirectional", BidirectionalMerge.Concat);
            both = translation.Add(attribute, value.Node.GivenName, [.. value.Node.Inputs, .. value.Node.Inputs.Skip(1)]);
            both.Parameters.AddRange(value.Node.Parameters.Select(static tensor => new ImportedTensor($"forward/{tensor.Name}", tensor.Shape, new float[tensor.Values.Length])));
            both.Parameters.AddRange(value.Node.Parameters.Select(static tensor => tensor with { Name = $"backward/{tensor.Name}" }));
            translation.InOrder.Add(value.Node, both);
            translation.Note($"{call.Name}: it reads the steps of a recurrence from the other end than they are computed, as the second direction of two gives them; the first one has zeros for weights");
        }

        return value with { Node = both, Part = (units, units, 2 * units), Reversed = null };
    }

    /// <summary>Whether the value is the steps of a recurrence in one direction, turned round or as they come out.</summary>
    public static bool IsOfRecurrence(LooseValue value, bool isTurned) =>
        value is { Part: null, Scale: 1, LastOf: null, Class: [[Factor first], _], Node.Attribute: { } layer } && value.Reversed == (isTurned ? first : null)
        && layer.Get("ReturnSequences") is true && layer.Get("Bidirectional") is null or BidirectionalMerge.None;

    public static bool GoesBackwards(NetworkNode recurrence) => recurrence.Attribute!.Get("GoBackwards") is true;
}
