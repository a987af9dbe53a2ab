using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Two recurrences over one sequence, each from another end, whose steps are joined: a layer of two directions.</summary>
internal static class TwoDirections
{
    /// <returns>False where they are something else.</returns>
    public static bool Concatenate(OnnxCall call)
    {
        if (call.Node.Input.Count != 2 || !call.IsLoose(0) || !call.IsLoose(1))
        {
            return false;
        }

        LooseValue first = call.Loose(0);
        LooseValue second = call.Loose(1);
        int axis = LooseRules.Axis(first, call.Int("axis", 0));
        bool fits = ReversedSteps.IsOfRecurrence(first, isTurned: false) && ReversedSteps.IsOfRecurrence(second, isTurned: true) && Places(first).SequenceEqual(Places(second)) && Places(first).ElementAt(axis) == 'u'
            && first.Node.Inputs[0] == second.Node.Inputs[0] && first.Node.Inputs.Count == second.Node.Inputs.Count
            && first.Node.Attribute!.With("GoBackwards", !ReversedSteps.GoesBackwards(first.Node)).ToString() == second.Node.Attribute!.ToString();
        if (!fits)
        {
            return false;
        }

        AttributeText attribute = first.Node.Attribute!.With("Bidirectional", BidirectionalMerge.Concat);
        NetworkNode both = call.Translation.Add(attribute, first.Node.GivenName, [.. first.Node.Inputs, .. second.Node.Inputs.Skip(1)]);
        both.Parameters.AddRange(first.Node.Parameters.Select(static tensor => tensor with { Name = $"forward/{tensor.Name}" }));
        both.Parameters.AddRange(second.Node.Parameters.Select(static tensor => tensor with { Name = $"backward/{tensor.Name}" }));
        Factor[] joined = [new(2), .. first.Class[1]];
        call.Give(new LooseValue(both, [first.Class[0], joined], [.. first.File.Select((own, place) => place == axis ? joined : own)]));
        return true;
    }

    /// <summary>For each axis of the file whether it is that of the samples, of the steps, of the units, or of one.</summary>
    private static IEnumerable<char> Places(LooseValue value) => value.File.Select(axis =>
        axis.Contains(Factor.Samples) ? 'n' : axis.SequenceEqual(value.Class[0]) ? 't' : axis.Length > 0 && axis.SequenceEqual(value.Class[1]) ? 'u' : '1');
}
