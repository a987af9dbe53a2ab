using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Normalizations over the last axis that a file computes node by node, recognised by what they compute, however that is spelled.</summary>
internal sealed class NormalizationPattern
{
    // The longest spelling, of mean, variance, root, scale and offset, has thirteen.
    private const int MostNodes = 24;

    private readonly OnnxTranslation _translation;
    private readonly string _input;
    private readonly int _length;
    private readonly int _rank;
    private readonly List<NodeProto> _nodes = [];

    private NormalizationPattern(OnnxTranslation translation, string input, int length, int rank)
    {
        _translation = translation;
        _input = input;
        _length = length;
        _rank = rank;
    }

    /// <summary>A mean by itself, or the beginning of a normalization.</summary>
    public static void ReduceMean(OnnxCall call)
    {
        if (!Take(call))
        {
            PoolingRules.Reduce(call);
        }
    }

    /// <summary>A square as the beginning of a normalization, or part of another function.</summary>
    public static void Power(OnnxCall call)
    {
        if (!Take(call))
        {
            ActivationRules.Function(call);
        }
    }

    /// <summary>The layer, where the node begins a normalization.</summary>
    public static bool Take(OnnxCall call)
    {
        string input = call.Node.Input[0];
        (int length, int rank) = call.Translation.Find(input) is OnnxValue { Shape.Length: > 0 } value && value.Batch < value.Shape.Length ? (value.Shape[^1], value.Shape.Length + 1)
            : call.Translation.Loose(input) is LooseValue loose && !loose.File[^1].Contains(Factor.Samples) ? (loose.Length(loose.File.Length - 1), loose.File.Length)
            : (0, 0);
        if (length < 2)
        {
            return false;
        }

        var pattern = new NormalizationPattern(call.Translation, input, length, rank);
        pattern.Grow();
        for (int last = pattern._nodes.Count - 1; last > 0; last--)
        {
            if (pattern.Needed(pattern._nodes[last]) is { } nodes && nodes.Contains(call.Node) && nodes.Exists(static node => node.OpType == "ReduceMean")
                && pattern.Recognize(nodes) is { } found)
            {
                call.ReadAll();
                OnnxValue x = call.Each();
                nodes.ForEach(call.Translation.Take);
                call.Translation.Give(nodes[^1].Output[0], found.IsCentred
                    ? NormalizationRules.AddLayer(call, x, x.Shape.Length - 1, found.Epsilon, found.Scale, found.Offset)
                    : NormalizationRules.AddRootMeanSquare(call, x, found.Epsilon, found.Scale ?? [.. Enumerable.Repeat(1f, length)]));
                return true;
            }
        }

        return false;
    }

    private void Grow()
    {
        var inside = new HashSet<string>(StringComparer.Ordinal) { _input };
        var found = new HashSet<NodeProto>((IEqualityComparer<NodeProto>)ReferenceEqualityComparer.Instance);
        var waiting = new Queue<string>([_input]);
        while (waiting.TryDequeue(out string? value) && found.Count < MostNodes)
        {
            foreach (NodeProto reader in _translation.Links.Readers(value).Where(Computes).Take(MostNodes))
            {
                if (found.Add(reader))
                {
                    waiting.Enqueue(reader.Output[0]);
                }
            }
        }

        foreach (NodeProto node in found.OrderBy(_translation.Links.Place))
        {
            if (Operands(node).All(input => inside.Contains(input) || IsConstant(input)))
            {
                _nodes.Add(node);
                inside.Add(node.Output[0]);
            }
        }
    }

    private bool Computes(NodeProto node)
    {
        var call = new OnnxCall(node, _translation);
        return node.Output.Count == 1 && (node.OpType is "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Sqrt" or "Reciprocal" or "Neg" or "Identity"
            || (node.OpType == "ReduceMean" && call.Int("keepdims", 1) == 1 && (!call.Has(1) || call.Constant(1)?.IsWhole == true) && call.Axes(1) is [int axis]
                && (axis == -1 || axis == _rank - 1)));
    }

    private static IEnumerable<string> Operands(NodeProto node) => node.OpType == "ReduceMean" ? node.Input.Take(1) : node.Input;

    private bool IsConstant(string input) => _translation.Constant(input) is OnnxTensor constant
        && constant.Rank <= _rank && (constant.Count == 1 || (constant.Count == _length && constant.Dims[^1] == _length));

    /// <summary>The nodes without which a result cannot be; null where one of them is needed elsewhere too.</summary>
    private List<NodeProto>? Needed(NodeProto last)
    {
        var names = new HashSet<string>(Operands(last), StringComparer.Ordinal);
        var needed = new List<NodeProto> { last };
        for (int i = _nodes.IndexOf(last) - 1; i >= 0; i--)
        {
            if (names.Contains(_nodes[i].Output[0]))
            {
                needed.Insert(0, _nodes[i]);
                names.UnionWith(Operands(_nodes[i]));
            }
        }

        bool isClosed = needed.Take(needed.Count - 1).All(node => !_translation.Links.IsOutput(node.Output[0])
            && _translation.Links.Readers(node.Output[0]).All(reader => needed.Exists(other => ReferenceEquals(other, reader))));
        return isClosed ? needed : null;
    }

    /// <summary>γ·(x − mean)/√(variance + ε) + β or γ·x/√(mean square + ε): what numbers would make it one of them, and whether it then is.</summary>
    private (bool IsCentred, float Epsilon, float[]? Scale, float[]? Offset)? Recognize(List<NodeProto> nodes)
    {
        // Of mean 0 and mean square 1, no element near 0.
        double[] wave = [.. Enumerable.Range(0, _length).Select(i => (i % 2 == 0 ? 1 : -1) * (1 + (0.3 * Math.Sin(i))))];
        double mean = wave.Average();
        wave = [.. wave.Select(x => x - mean)];
        double size = Math.Sqrt(wave.Average(static x => x * x));
        wave = [.. wave.Select(x => x / size)];

        const double Small = 1e-3;
        const double Large = 1e8;
        double[] offset = Evaluate(nodes, new double[_length]);
        double[] large = Evaluate(nodes, [.. wave.Select(static x => x * Large)]);
        double[] small = Evaluate(nodes, [.. wave.Select(static x => x * Small)]);
        if (offset.Length != _length || wave.Any(static x => Math.Abs(x) < 1e-3))
        {
            return null;
        }

        double[] scale = [.. wave.Select((x, i) => (large[i] - offset[i]) / x)];
        int most = Array.IndexOf(scale, scale.MaxBy(Math.Abs));
        double share = (small[most] - offset[most]) / (scale[most] * wave[most]);
        double epsilon = (Small * Small / (share * share)) - (Small * Small);
        foreach (bool isCentred in new[] { true, false })
        {
            if (epsilon is >= 0 and < 1 && Enumerable.Range(1, 4).All(trial => Agrees(trial, isCentred)))
            {
                bool scales = Has(nodes, "Mul", "Div") || scale.Any(static x => Math.Abs(x - 1) > 1e-7);
                bool moves = Has(nodes, "Add", "Sub") || offset.Any(static x => x != 0);
                return (isCentred, (float)epsilon, scales ? [.. scale.Select(static x => (float)x)] : null, moves ? [.. offset.Select(static x => (float)x)] : null);
            }
        }

        return null;

        bool Agrees(int trial, bool isCentred)
        {
            double[] x = [.. Enumerable.Range(0, _length).Select(i => (Math.Sin((i * 1.7) + trial) * trial / 8) + (trial / 3.0))];
            double middle = isCentred ? x.Average() : 0;
            double root = Math.Sqrt(x.Average(value => (value - middle) * (value - middle)) + epsilon);
            double[] computed = Evaluate(nodes, x);
            return x.Select((value, i) => Math.Abs((scale[i] * (value - middle) / root) + offset[i] - computed[i]) <= 1e-6 * (1 + Math.Abs(computed[i]))).All(static agrees => agrees);
        }
    }

    /// <summary>Whether one of some operators reads a number for each element.</summary>
    private bool Has(List<NodeProto> nodes, params string[] operators) =>
        nodes.Exists(node => operators.Contains(node.OpType) && node.Input.Any(input => _translation.Constant(input) is { Count: > 1 }));

    private double[] Evaluate(List<NodeProto> nodes, double[] x)
    {
        var values = new Dictionary<string, double[]>(StringComparer.Ordinal) { [_input] = x };
        double[] result = x;
        foreach (NodeProto node in nodes)
        {
            double[][] inputs = [.. Operands(node).Select(input =>
                values.TryGetValue(input, out double[]? value) ? value : [.. _translation.Constant(input)!.AsFloats().Select(static number => (double)number)])];
            var call = new OnnxCall(node, _translation);
            values[node.Output[0]] = result = node.OpType == "ReduceMean"
                ? [inputs[0].Average()]
                : [.. Enumerable.Range(0, inputs.Max(static input => input.Length)).Select(i => ScalarFunction.Apply(call, [.. inputs.Select(input => input[input.Length == 1 ? 0 : i])]))];
        }

        return result;
    }
}
