using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>The layers that a network needs, and those of the blocks that some of them apply to each step.</summary>
/// <remarks>
/// A block gives one value. Where the network reads several out of what is done to each step, the layers are parted: what leads to two of these
/// values is a block by itself, and the blocks behind it read what that gives.
/// </remarks>
internal static class StepBodies
{
    /// <summary>The layers that lead to the outputs, each after those it reads, without those that others have taken in, as attention does its dense layers.</summary>
    /// <param name="translation">Where the layers are.</param>
    /// <param name="outputs">What has to be given.</param>
    /// <param name="given">What is there, and needs nothing before it.</param>
    public static IReadOnlyList<NetworkNode> Of(OnnxTranslation translation, IReadOnlyList<NetworkNode> outputs, params IReadOnlyList<NetworkNode> given)
    {
        ILookup<StepBlock, NetworkNode> uses = Needed(translation, outputs, given)
            .Where(static layer => layer.Body is not null).ToLookup(layer => translation.Blocks.Of(layer.Body!.Output)!);
        foreach (IGrouping<StepBlock, NetworkNode> block in uses)
        {
            Part(translation, block.Key, [.. block.Select(static use => use.Body!.Output)]);
        }

        foreach (NetworkNode use in Needed(translation, outputs, given).Where(use => use.Body?.Layers.All(WorkOnEachStep) == true && !outputs.Contains(use)))
        {
            Dissolve(translation, use, use.Body!);
        }

        return Needed(translation, outputs, given);
    }

    /// <summary>Parts what a block does where several of its values are needed.</summary>
    private static void Part(OnnxTranslation translation, StepBlock block, List<NetworkNode> exits)
    {
        NetworkNode[][] parts = Parts();
        while (parts.SelectMany(static part => part).GroupBy(static layer => layer).LastOrDefault(static uses => uses.Skip(1).Any()) is { } shared)
        {
            // Where one of the values behind it comes out.
            block.ExitsAt[shared.Key] = block.ExitsAt[exits[Array.FindIndex(parts, part => part.Contains(shared.Key))]];
            exits.Add(shared.Key);
            parts = Parts();
        }

        foreach ((NetworkNode exit, NetworkNode[] part) in exits.Zip(parts))
        {
            NetworkNode[] read = [.. part.SelectMany(static layer => layer.Inputs).Distinct().Where(input => !part.Contains(input))];
            if (read is not [NetworkNode step])
            {
                (string name, string kind) = block.ExitsAt[exit];
                translation.Refuse(
                    name, kind, null, $"a block that is applied to each step reads one value, and what leads to this reads {read.Length} that the network needs besides", "give the network one value of each step");
                continue;
            }

            NetworkNode use = translation.Blocks.Exit(block, exit);
            use.GivenName = Identifiers.Common([.. part.Select(static layer => layer.GivenName).OfType<string>()]);
            use.Inputs = [translation.Blocks.Exit(block, step)];
            use.Body = new NetworkBody(step, exit) { Layers = Of(translation, [exit], [step]) };
        }

        NetworkNode[][] Parts() => [.. exits.Select(exit => Needed(translation, [exit], [block.Input, .. exits.Where(other => other != exit)]).ToArray())];
    }

    /// <summary>Whether a layer works on the last axis alone, so that it does the same with all steps as with one.</summary>
    private static bool WorkOnEachStep(NetworkNode layer) =>
        layer.Attribute!.Kind is "Dense" or "Activate" or "Dropout" or "LeakyRelu" or "Rescaling"
        || (layer.Attribute.Kind is "LayerNormalization" or "BatchNormalization" && layer.Attribute.Get("Axis") is null or -1 or int[] and [-1]);

    /// <summary>Puts the layers of a block in the place of the one that applies it.</summary>
    private static void Dissolve(OnnxTranslation translation, NetworkNode use, NetworkBody body)
    {
        NetworkNode sequence = use.Inputs[0];
        foreach (NetworkNode layer in body.Layers)
        {
            layer.Inputs = [.. layer.Inputs.Select(input => input == body.Input ? sequence : input)];
        }

        foreach (NetworkNode layer in translation.Layers)
        {
            layer.Inputs = [.. layer.Inputs.Select(input => input == use ? body.Output : input)];
        }
    }

    private static List<NetworkNode> Needed(OnnxTranslation translation, IReadOnlyList<NetworkNode> outputs, IReadOnlyList<NetworkNode> given)
    {
        HashSet<NetworkNode> needed = [];
        var waiting = new Stack<NetworkNode>(outputs);
        while (waiting.TryPop(out NetworkNode? node))
        {
            // What has no attribute is an input.
            if (node.Attribute is not null && !given.Contains(node) && needed.Add(node))
            {
                foreach (NetworkNode input in node.Inputs)
                {
                    waiting.Push(input);
                }
            }
        }

        // In the order in which they were read, which is another where a part of a block came to read one that was read later.
        List<NetworkNode> left = [.. translation.Layers.Where(needed.Contains)];
        var ordered = new List<NetworkNode>();
        while (left.Count > 0)
        {
            NetworkNode next = left.First(layer => !layer.Inputs.Any(needed.Contains));
            ordered.Add(next);
            left.Remove(next);
            needed.Remove(next);
        }

        return ordered;
    }
}
