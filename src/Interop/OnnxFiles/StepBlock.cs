using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Layers that the file applies to every step of a sequence: it joins the steps with the samples for them.</summary>
/// <remarks>Values inside have the samples of the block, each of which is one step of one sample outside.</remarks>
/// <param name="sequence">What the block is applied to, steps first in the class.</param>
/// <param name="joined">What the samples inside are made of: the samples outside, and steps.</param>
/// <param name="outer">The block that the sequence is a value of; null where it is one of the network.</param>
internal sealed class StepBlock(NetworkNode sequence, Factor[] joined, StepBlock? outer)
{
    public NetworkNode Sequence => sequence;

    public Factor[] Joined => joined;

    public StepBlock? Outer => outer;

    /// <summary>One step, as layers inside read it.</summary>
    public NetworkNode Input { get; } = new(null, null, []);

    public Factor[] Steps { get; } = [.. joined.Where(static factor => factor != Factor.Samples)];

    /// <summary>Whether shapes in the file are those of a single step, as each has nodes of its own there.</summary>
    public bool IsOfOneStep { get; init; }

    /// <summary>For values inside the layers outside that have them of all steps.</summary>
    public Dictionary<NetworkNode, NetworkNode> Exits { get; } = [];

    /// <summary>Which nodes of the file these values came out at.</summary>
    public Dictionary<NetworkNode, (string Name, string Operator)> ExitsAt { get; } = [];

    /// <summary>This block and those around it, the outermost first.</summary>
    public IReadOnlyList<StepBlock> Chain => [.. outer?.Chain ?? [], this];

    /// <summary>The axes of a value with the block's samples as one factor; null where the file has parted them.</summary>
    public Factor[][]? Close(Factor[][] file)
    {
        if (IsOfOneStep)
        {
            return file;
        }

        int axis = Array.FindIndex(file, static own => own.Contains(Factor.Samples));
        int start = Array.IndexOf(file[axis], joined[0]);
        return start >= 0 && start + joined.Length <= file[axis].Length && file[axis].AsSpan(start, joined.Length).SequenceEqual(joined)
            ? [.. file[..axis], [.. file[axis][..start], Factor.Samples, .. file[axis][(start + joined.Length)..]], .. file[(axis + 1)..]]
            : null;
    }

    /// <summary>The axes of a value with what the block's samples are made of.</summary>
    public Factor[][] Open(Factor[][] file) => IsOfOneStep ? file : With(file, joined);

    /// <summary>The same of values whose steps the file has never shown as well.</summary>
    public static Factor[][] With(Factor[][] file, Factor[] samples) =>
        [.. file.Select(axis => axis.SelectMany(factor => factor == Factor.Samples ? samples : [factor]).ToArray())];
}
