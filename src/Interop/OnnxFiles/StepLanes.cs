using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What a file does to every step of a sequence by itself: the same nodes as often as there are steps, and one that joins what they give.</summary>
/// <remarks>The nodes of the first step stand for all of them: they read steps joined with the samples, or stand in a block of each step.</remarks>
internal sealed class StepLanes
{
    // More than the steps of any network need; it bounds the work on a graph that was made to waste time.
    private const int MostMatches = 1 << 20;

    // What works on each step by itself wherever the steps stand; anything else needs a block.
    private static readonly HashSet<string> s_eachStep =
        ["MatMul", "Gemm", "Add", "Sub", "Mul", "Div", "Max", "Min", "Softmax", "LogSoftmax", "LayerNormalization", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Identity", "Dropout", "Cast"];

    private readonly OnnxTranslation _translation;
    private readonly Dictionary<string, NodeProto> _givers;
    private readonly Dictionary<NodeProto, Action<OnnxCall>> _rules = new((IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
    private int _matches;

    private StepLanes(OnnxTranslation translation)
    {
        _translation = translation;
        _givers = translation.Links.Ordered.SelectMany(static node => node.Output.Where(static output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(static pair => pair.output, static pair => pair.node, StringComparer.Ordinal);
    }

    /// <summary>Rules of nodes that take steps apart or join them; those of other steps than the first are taken.</summary>
    public static IReadOnlyDictionary<NodeProto, Action<OnnxCall>> Find(OnnxTranslation translation)
    {
        var lanes = new StepLanes(translation);
        foreach (NodeProto node in translation.Links.Ordered.Where(static node => node.OpType == "Concat" && node.Input.Count > 1))
        {
            try
            {
                lanes.Read(node);
            }
            catch (RefusedNodeException)
            {
                // An attribute is of another type, which the node's own rule says.
            }
        }

        return lanes._rules;
    }

    private void Read(NodeProto join)
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var waiting = new Stack<string[]>([[.. join.Input]]);
        var leaves = new List<NodeProto>();
        HashSet<NodeProto> nodes = new([join], (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        while (waiting.TryPop(out string[]? lanes))
        {
            if (++_matches > MostMatches || (values.TryGetValue(lanes[0], out string[]? others) && !others.SequenceEqual(lanes)))
            {
                return;
            }

            if (others is not null || AreConstant(lanes) || (lanes.Distinct().Count() == 1 && IsOfShapes(lanes[0])))
            {
                continue;
            }

            NodeProto[] givers = [.. lanes.Select(lane => _givers.GetValueOrDefault(lane)).OfType<NodeProto>()];
            bool isLeaf = AreSteps(givers, lanes);
            if (givers.Length != lanes.Length || lanes.Distinct().Count() != lanes.Length || (!isLeaf && !AreAlike(givers, lanes)))
            {
                return;
            }

            values.Add(lanes[0], lanes);
            nodes.UnionWith(givers);
            if (isLeaf)
            {
                leaves.Add(givers[0]);
                continue;
            }

            for (int input = 0; input < givers[0].Input.Count; input++)
            {
                if (givers[0].Input[input].Length > 0)
                {
                    waiting.Push([.. givers.Select(giver => giver.Input[input])]);
                }
            }
        }

        bool isOwn = leaves.Count > 0 && !nodes.Any(_rules.ContainsKey)
            && nodes.Where(node => node != join).SelectMany(static node => node.Output).All(output => !_translation.Links.IsOutput(output) && _translation.Links.Readers(output).All(nodes.Contains));
        if (isOwn)
        {
            Take(join, leaves, values);
        }
    }

    private void Take(NodeProto join, List<NodeProto> leaves, Dictionary<string, string[]> values)
    {
        int count = join.Input.Count;
        var steps = new Factor(count);
        HashSet<NodeProto> firsts = new(values.Keys.Select(value => _givers[value]), (IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        foreach (NodeProto other in values.Values.SelectMany(static lanes => lanes.Skip(1)).Select(value => _givers[value]).Where(other => !firsts.Contains(other)))
        {
            _translation.Take(other);
        }

        bool needsBlock = firsts.Except(leaves).Any(static node => !s_eachStep.Contains(node.OpType) && !ScalarFunction.Has(node.OpType));
        foreach (NodeProto leaf in leaves)
        {
            Only(leaf.Output);
            _rules[leaf] = call => Apart(call, steps, needsBlock);
        }

        Only(join.Input);
        _rules[join] = call => Join(call, steps);

        static void Only(Google.Protobuf.Collections.RepeatedField<string> names)
        {
            while (names.Count > 1)
            {
                names.RemoveAt(names.Count - 1);
            }
        }
    }

    /// <summary>Joins the steps of a sequence with the samples.</summary>
    private static void Apart(OnnxCall call, Factor steps, bool needsBlock)
    {
        LooseValue x = call.Loose(0);
        (int axis, int start, bool keeps) = Step(call)!.Value;
        axis = LooseRules.Axis(x, axis);
        call.ReadAll();
        if (x.File[axis].Contains(Factor.Samples) || start > x.Length(axis) - steps.Size)
        {
            throw OnnxCall.Refusal("axis", $"{steps.Size} steps from step {start} on are taken out of {x.Length(axis)}, or samples", "take steps that are there");
        }

        x = x.Length(axis) == steps.Size ? x : LooseRules.Piece(call, x, axis, start, steps.Size, keeps: true);
        if (x.File[axis] is not [Factor own])
        {
            throw OnnxCall.Refusal("axis", "what is taken step by step is no axis of a layer", "let layers work on all steps at once");
        }

        x = x.Replace(own, steps) with { Reversed = x.Reversed == own ? steps : x.Reversed };
        Factor[][] file = [.. x.File.Select((axes, place) => place == axis ? [] : axes.SelectMany(factor => factor == Factor.Samples ? [factor, steps] : new[] { factor }).ToArray())];
        x = x with { File = keeps ? file : [.. file.Where((_, place) => place != axis)] };
        if (needsBlock)
        {
            call.Give(call.Translation.Blocks.Enter(call, x, isOfOneStep: true));
        }
        else
        {
            call.Give(x);
        }
    }

    /// <summary>Parts them again.</summary>
    private static void Join(OnnxCall call, Factor steps)
    {
        LooseValue x = call.Translation.Blocks.Leave(call.Loose(0));
        int axis = LooseRules.Axis(x, call.Int("axis", 0));
        if (!x.File.SelectMany(static own => own).Contains(steps))
        {
            throw OnnxCall.Refusal(null, "steps are no longer joined with the samples as they were taken", "let layers work on all steps at once");
        }

        Factor[][] file = [.. x.File.Select(own => own.Where(factor => factor != steps).ToArray())];
        file[axis] = [steps, .. file[axis]];
        call.Give(x with { File = file });
    }

    /// <summary>Which axis a node takes one place of, which one, and whether it keeps the axis; null for other nodes.</summary>
    private static (int Axis, int Place, bool Keeps)? Step(OnnxCall call) => call.Operator switch
    {
        "Gather" when call.Constant(1) is { Wholes: [long place and >= 0 and < int.MaxValue] } index && index.Dims.Count < 2 => ((int)call.Int("axis", 0), (int)place, index.Dims.Count == 1),
        "Slice" when (call.Axes(3) ?? [0]) is [int axis] && (!call.Has(4) || call.Constant(4)?.Wholes is [1])
            && call.Whole("starts", 1) is long start and >= 0 and < int.MaxValue && call.Whole("ends", 2) == start + 1 => (axis, (int)start, true),
        "Split" => ((int)call.Int("axis", 0), 0, true),
        _ => null,
    };

    /// <summary>Whether the nodes take the steps of one value, one after the other.</summary>
    private bool AreSteps(NodeProto[] nodes, string[] lanes)
    {
        if (nodes.Length != lanes.Length || nodes.Any(node => node.OpType != nodes[0].OpType || node.Input.Count == 0 || node.Input[0] != nodes[0].Input[0]) || _translation.Constant(nodes[0].Input[0]) is not null)
        {
            return false;
        }

        if (nodes[0].OpType == "Split")
        {
            var split = new OnnxCall(nodes[0], _translation);
            long parted = split.Int("axis", 0);

            // Only axes of size 1 are squeezed.
            return nodes.All(node => node == nodes[0]) && nodes[0].Output.SequenceEqual(lanes)
                && lanes.SelectMany(_translation.Links.Readers).All(reader => reader.OpType == "Squeeze" && new OnnxCall(reader, _translation).Axes(1) is [int gone] && gone == parted);
        }

        (int Axis, int Place, bool Keeps)?[] steps = [.. nodes.Select(node => Step(new OnnxCall(node, _translation)))];
        return steps[0] is (int axis, int start, bool keeps)
            && steps.Select(static (step, lane) => (step, lane)).All(pair => pair.step is (int other, int place, bool also) && other == axis && place == start + pair.lane && also == keeps);
    }

    private static bool AreAlike(NodeProto[] nodes, string[] lanes) => nodes.Zip(lanes).All(pair => pair.First.OpType == nodes[0].OpType && pair.First.Domain == nodes[0].Domain
        && pair.First.Attribute.OrderBy(static attribute => attribute.Name, StringComparer.Ordinal).SequenceEqual(nodes[0].Attribute.OrderBy(static attribute => attribute.Name, StringComparer.Ordinal))
        && pair.First.Input.Select(static input => input.Length > 0).SequenceEqual(nodes[0].Input.Select(static input => input.Length > 0))
        && pair.First.Output.IndexOf(pair.Second) == nodes[0].Output.IndexOf(lanes[0]));

    /// <summary>Whether a value comes from constants and shapes alone, so that it is a constant once these are known.</summary>
    private bool IsOfShapes(string value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([value]);
        while (waiting.TryPop(out string? name))
        {
            if (_translation.Constant(name) is not null || !seen.Add(name))
            {
                continue;
            }

            if (++_matches > MostMatches || _givers.GetValueOrDefault(name) is not NodeProto giver)
            {
                return false;
            }

            foreach (string input in giver.OpType == "Shape" ? [] : giver.Input.Where(static input => input.Length > 0))
            {
                waiting.Push(input);
            }
        }

        return true;
    }

    private bool AreConstant(string[] lanes)
    {
        OnnxTensor?[] constants = [.. lanes.Select(_translation.Constant)];
        return constants[0] is OnnxTensor first && constants.All(other => other is not null && (ReferenceEquals(other, first)
            || (other.Dims.SequenceEqual(first.Dims) && (other.Floats ?? []).AsSpan().SequenceEqual(first.Floats ?? []) && (other.Wholes ?? []).AsSpan().SequenceEqual(first.Wholes ?? []))));
    }
}
