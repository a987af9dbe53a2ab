using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Which layers work on single steps of a sequence, and how values come to them and from them.</summary>
/// <remarks>
/// A layer that reads steps joined with the samples, and does not work on each step anyway, begins a block. What reads its values stands in the
/// block too, up to where the file parts steps and samples again: from there on they are values of the layer that applies the block.
/// </remarks>
internal sealed class StepBlocks(OnnxTranslation translation)
{
    private readonly Dictionary<NetworkNode, StepBlock> _blockOf = [];
    private readonly List<StepBlock> _blocks = [];
    private readonly Dictionary<LooseValue, OnnxValue> _entered = new((IEqualityComparer<LooseValue>)ReferenceEqualityComparer.Instance);

    /// <summary>The block that a layer stands in; null for the network.</summary>
    public StepBlock? Of(NetworkNode node) => _blockOf.GetValueOrDefault(node);

    /// <summary>Says that a layer stands where those do that it reads.</summary>
    public void Put(NetworkNode node, IReadOnlyList<NetworkNode> inputs)
    {
        StepBlock?[] blocks = [.. inputs.Select(Of).Distinct()];
        if (blocks.Length > 1)
        {
            throw OnnxCall.Refusal(null, "a block that is applied to each step reads one value, and this reads steps of several, or steps and a whole", "compute all of it from one value of each step");
        }

        if (blocks is [StepBlock only])
        {
            _blockOf[node] = only;
        }
    }

    /// <summary>One step of a value that has its steps joined with the samples.</summary>
    public OnnxValue Enter(OnnxCall call, LooseValue value, bool isOfOneStep = false)
    {
        if (_entered.TryGetValue(value, out OnnxValue? known))
        {
            return known;
        }

        int batch = Array.FindIndex(value.File, static axis => axis.Contains(Factor.Samples));
        Factor[] joined = value.File[batch];
        Factor[][] rest = [.. value.File.Where((_, axis) => axis != batch)];
        if (rest.Length == 0)
        {
            throw OnnxCall.Refusal(null, "each step is one number, and a layer reads a vector of them", "keep an axis for the values of a step");
        }

        Factor[] steps = [.. joined.Where(static factor => factor != Factor.Samples)];
        OnnxValue apart = LooseAxes.Settle(call, value with { File = [[Factor.Samples], steps, .. rest] });
        int[] others = [.. apart.Axes.Where(static axis => axis > 0)];
        OnnxValue sequence = call.Fit(apart, [0, .. others.Length > 0 ? others : [1]]);
        StepBlock? block = _blocks.Find(other => other.Sequence == sequence.Node && other.Joined.AsSpan().SequenceEqual(joined));
        if (block is null)
        {
            block = new StepBlock(sequence.Node, joined, Of(sequence.Node)) { IsOfOneStep = isOfOneStep };
            _blocks.Add(block);
            _blockOf.Add(block.Input, block);
        }

        var step = new OnnxValue(block.Input, sequence.Shape[1..], [.. sequence.Axes.Skip(1).Select(static axis => axis - 1)]) { Batch = batch, IsNonNegative = value.IsNonNegative && value.Scale >= 0 };
        _entered.Add(value, step);
        return step;
    }

    /// <summary>A value as the file has it: with the steps of the blocks around it.</summary>
    public LooseValue Open(LooseValue value)
    {
        IReadOnlyList<StepBlock> chain = Of(value.Node)?.Chain ?? [];
        foreach (StepBlock block in chain.Reverse())
        {
            value = value with { File = block.Open(value.File) };
        }

        return value with { Class = [.. chain.Select(static block => block.Steps), .. value.Class] };
    }

    /// <summary>What the file has made of the axes of such a value: still one of each step, or one of all of them where it has parted them.</summary>
    public LooseValue Close(LooseValue value)
    {
        IReadOnlyList<StepBlock> chain = Of(value.Node)?.Chain ?? [];
        Factor[][] file = value.File;
        int inside = 0;
        while (inside < chain.Count && chain[inside].Close(file) is Factor[][] closed)
        {
            file = closed;
            inside++;
        }

        NetworkNode node = value.Node;
        foreach (StepBlock block in chain.Skip(inside).Reverse())
        {
            node = !block.IsOfOneStep ? Exit(block, node) : throw OnnxCall.Refusal("shape", "samples are taken apart within a step", "let each step be a sample of the layers that work on it");
        }

        return value with { Node = node, Class = value.Class[inside..], File = file };
    }

    /// <summary>The value of all steps, joined with the samples; the value itself where it is one of the network.</summary>
    public LooseValue Leave(LooseValue value) => Of(value.Node) is StepBlock block
        ? value with { Node = Exit(block, value.Node), Class = [block.Steps, .. value.Class], File = StepBlock.With(value.File, block.Joined) }
        : value;

    /// <summary>Brings what a node reads into one block, or out of all that differ.</summary>
    public void Meet(OnnxCall call)
    {
        string[] names = [.. call.Node.Input.Where(input => Node(input) is not null).Distinct()];
        while (names.Select(input => Of(Node(input)!)).Distinct().Take(2).Count() > 1)
        {
            StepBlock deepest = names.Select(input => Of(Node(input)!)).OfType<StepBlock>().MaxBy(static block => block.Chain.Count)!;
            string[] others = [.. names.Where(input => Of(Node(input)!) != deepest)];
            if (others.All(input => translation.Loose(input) is LooseValue loose && _entered.TryGetValue(loose, out OnnxValue? step) && step.Node == deepest.Input))
            {
                foreach (string input in others)
                {
                    translation.Give(input, _entered[translation.Loose(input)!]);
                }

                return;
            }

            foreach (string input in names.Except(others))
            {
                translation.Give(input, Leave(translation.Loose(input) ?? LooseValue.Of(translation.Value(input))));
            }
        }
    }

    /// <summary>The layer outside that has a value of a block of all steps.</summary>
    public NetworkNode Exit(StepBlock block, NetworkNode node)
    {
        if (node == block.Input)
        {
            return block.Sequence;
        }

        if (translation.Pending(node) is not null)
        {
            throw OnnxCall.Refusal(null, "attention goes into something else than the dense layer behind it", "build the model from layers that Unroll has");
        }

        if (!block.Exits.TryGetValue(node, out NetworkNode? whole))
        {
            whole = translation.Add(new AttributeText(typeof(TimeDistributedAttribute<object>)), null, [block.Sequence]);
            whole.Body = new NetworkBody(block.Input, node);
            block.Exits.Add(node, whole);
            if (translation.Current is OnnxCall call)
            {
                block.ExitsAt.TryAdd(node, (call.Name, call.Operator));
            }

            // Whatever else becomes of the value comes behind it.
            translation.Keep(node);
        }

        return whole;
    }

    private NetworkNode? Node(string name) => translation.Find(name)?.Node ?? translation.Loose(name)?.Node;
}
