using Unroll.Compiled;
using Unroll.Memory;
using Unroll.Parameters;

namespace Unroll;

/// <summary>One trained array of a model, seen in its logical shape whatever layout the compiled code uses.</summary>
/// <example><code>
/// float[] kernel = model.Parameters["dense1/kernel"].ToArray();
/// foreach (Parameter parameter in model.Parameters) Console.WriteLine(parameter);   // dense1/kernel 784 × 128
/// </code></example>
public sealed class Parameter
{
    private readonly ParameterDescription _description;
    private readonly ParameterLayout _layout;
    private readonly Arena _arena;
    private readonly ParameterAccess _access;
    private readonly Action _noteChange;

    internal Parameter(ParameterDescription description, Arena arena, ParameterAccess access, Action noteChange)
    {
        _access = access;
        _noteChange = noteChange;
        _description = description;
        _layout = new ParameterLayout(description);
        _arena = arena;
    }

    /// <summary>Layer and part: <c>dense1/kernel</c>, <c>dense1/bias</c>.</summary>
    public string Name => _description.Name;

    /// <summary>The logical shape: a Dense kernel is [inputs, units].</summary>
    public IReadOnlyList<int> Shape => _description.Shape;

    /// <summary>Whether the optimizer changes it; otherwise only data does, as the moving averages of a normalization.</summary>
    public bool IsTrained => _description.IsTrained;

    /// <summary>The number of values.</summary>
    public int Count => _layout.Count;

    /// <summary>Whether the values were assigned or loaded, after those it was initialized with.</summary>
    internal bool WasSet { get; private set; }

    /// <summary>A copy of the values, row-major.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model or changes its parameters.</exception>
    public float[] ToArray()
    {
        using ParameterAccess.Reading reading = _access.Read(nameof(ToArray));
        return _layout.Unpack(_arena.Span);
    }

    /// <summary>Replaces the values, row-major.</summary>
    /// <exception cref="ArgumentException">There are not <see cref="Count"/> values.</exception>
    /// <exception cref="InvalidOperationException">Another thread trains the model, predicts with it or changes its parameters.</exception>
    public void Assign(ReadOnlySpan<float> values)
    {
        if (values.Length != Count)
        {
            throw new ArgumentException(
                $"{Name} has {Count} values ({string.Join(" × ", Shape)}), but got {values.Length}.", nameof(values));
        }

        using ParameterAccess.Writing writing = _access.Write(nameof(Assign));
        Initialize(values);
        WasSet = true;
    }

    internal void Initialize(ReadOnlySpan<float> values)
    {
        _layout.Pack(values, _arena.Span);
        _noteChange();
    }

    /// <summary>Name and shape: <c>dense1/kernel 784 × 128</c>.</summary>
    public override string ToString() => $"{Name} {string.Join(" × ", Shape)}";

    internal void ClearPadding() => _layout.ClearPadding(_arena.Span);
}
