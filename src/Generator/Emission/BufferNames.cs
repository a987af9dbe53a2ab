using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>The constants that hold the offsets of one pass's values.</summary>
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
            _names.Add(op.Id, parameters.TryGetValue(op.Id, out string? name) ? name : Identifiers.Unique(Identifiers.Of(op.Label), taken));
            foreach (OpMemory memory in op.Kind.Memory)
            {
                _names.Add(memory.Id, Identifiers.Unique(Identifiers.Of(op.Label with { Role = memory.Name }), taken));
            }
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
            foreach (int id in _pass.Graph.Ops.SelectMany(static op => op.Kind.Memory.Select(static memory => memory.Id).Prepend(op.Id)))
            {
                if (_pass.Buffers.Find(id) is { Place: MemoryPlace.Block or MemoryPlace.Step } buffer)
                {
                    string what = buffer.Place == MemoryPlace.Step ? "one a step" : $"a sample: {(buffer.PerSample > 1 ? $"{buffer.PerSample} × " : "")}{buffer.Vectors} × {buffer.Columns}";
                    writer.Line($"public const int {_names[id]} = {buffer.Offset}; // {what}, stride {buffer.Stride}");
                }
            }
        }
    }

    /// <summary>The constant with a value's offset.</summary>
    public string this[int id] =>
        _pass.Buffers[id].Place is MemoryPlace.Parameters or MemoryPlace.Gradients ? $"Parameters.{_names[id]}" : $"{_class}.{_names[id]}";
}
