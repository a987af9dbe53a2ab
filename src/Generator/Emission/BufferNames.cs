using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>The constants that hold the offsets of one pass's values.</summary>
internal sealed class BufferNames
{
    /// <summary>The samples that a block has room for.</summary>
    public const string Room = "room";

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

    /// <summary>Whether offsets in a block depend on the samples it has room for.</summary>
    public bool HasRoom => _pass.Buffers.HasRoom;

    /// <summary>Writes the offsets of the values that live in blocks and in the step arena.</summary>
    public void WriteConstants(CodeWriter writer)
    {
        using (writer.Block($"private static class {_class}"))
        {
            foreach (int id in _pass.Graph.Ops.SelectMany(static op => op.Kind.Memory.Select(static memory => memory.Id).Prepend(op.Id)))
            {
                if (_pass.Buffers.Find(id) is { Place: MemoryPlace.Block or MemoryPlace.Step } buffer)
                {
                    IEnumerable<int> sizes = new[] { buffer.PerSample, buffer.Vectors }.Where(static size => size > 1).Append(buffer.Columns);
                    string what = buffer.Place == MemoryPlace.Step ? "one a step" : string.Join(" × ", sizes);
                    writer.Line($"public const int {_names[id]} = {buffer.Offset}; // {what}, stride {buffer.Stride}");
                }
            }
        }
    }

    /// <summary>A value's offset.</summary>
    public string this[int id] => _pass.Buffers[id].Place switch
    {
        MemoryPlace.Parameters or MemoryPlace.Gradients => $"Parameters.{_names[id]}",
        MemoryPlace.Block when HasRoom => $"{_class}.{_names[id]} * {Room}",
        _ => $"{_class}.{_names[id]}",
    };
}
