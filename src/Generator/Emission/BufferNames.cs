using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>The constants that hold the offsets of one pass's values, and the expressions that reach them.</summary>
internal sealed class BufferNames
{
    private readonly PassPlan _pass;
    private readonly string _class;
    private readonly Dictionary<int, string> _names = [];

    /// <param name="pass">The pass whose values are named.</param>
    /// <param name="parameters">The parameters' names.</param>
    /// <param name="class">The emitted class that holds the constants.</param>
    public BufferNames(PassPlan pass, IReadOnlyDictionary<int, string> parameters, string @class)
    {
        _pass = pass;
        _class = @class;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (Op op in pass.Graph.Ops)
        {
            _names.Add(op.Id, op.Kind is ParameterOp ? parameters[op.Id] : Identifiers.Unique(Identifiers.Of(op.Label), taken));
        }

        foreach (ParameterGradient gradient in pass.Graph.Gradients)
        {
            _names[gradient.Value] = _names[gradient.Parameter];
        }
    }

    /// <summary>Writes the offsets of the values that live in blocks and in the step arena.</summary>
    public void WriteConstants(CodeWriter writer)
    {
        using (writer.Block($"private static class {_class}"))
        {
            foreach (Op op in _pass.Graph.Ops)
            {
                ValueBuffer buffer = _pass.Buffers[op.Id];
                if (buffer.Arena is Arena.Block or Arena.Step)
                {
                    string what = buffer.Arena == Arena.Step ? "one a step" : $"a sample: {buffer.Vectors} × {buffer.Columns}";
                    writer.Line($"public const int {_names[op.Id]} = {buffer.Offset}; // {what}, stride {buffer.Stride}");
                }
            }
        }
    }

    /// <summary>A value as an argument, in code that works on samples <c>local</c>.. of a block.</summary>
    public string OfSamples(int id)
    {
        ValueBuffer buffer = _pass.Buffers[id];
        string samples = _pass.Buffers.BlockSamples == 1 ? ""
            : buffer.SampleStride == 1 ? " + local"
            : $" + local * {buffer.SampleStride}";
        return buffer.Arena switch
        {
            Arena.Caller => "ref input",
            Arena.Block => $"ref Unsafe.Add(ref block, {_class}.{_names[id]}{samples})",
            _ => OfStep(id),
        };
    }

    /// <summary>A value as an argument, in code that works on the whole batch.</summary>
    public string OfStep(int id)
    {
        ValueBuffer buffer = _pass.Buffers[id];
        return buffer.Arena switch
        {
            Arena.Block => $"ref Unsafe.Add(ref blocks, {_class}.{_names[id]})",
            Arena.Step => $"ref Unsafe.Add(ref temporaries, {_class}.{_names[id]})",
            Arena.Parameters => $"ref Unsafe.Add(ref parameters, Parameters.{_names[id]})",
            Arena.Gradients => $"ref Unsafe.Add(ref gradients, Parameters.{_names[id]})",
            _ => throw new InvalidOperationException($"{buffer.Arena} holds no value of the whole batch"),
        };
    }
}
