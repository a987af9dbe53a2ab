using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The arguments of an attribute, by the names of the constructor's parameters and of the properties.</summary>
internal sealed class AttributeArguments : IArgumentSource
{
    private readonly AttributeData _attribute;
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    // null stands for all of them.
    private readonly List<string?> _unreadable = [];

    public AttributeArguments(AttributeData attribute)
    {
        _attribute = attribute;
        if (attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != attribute.ConstructorArguments.Length)
        {
            _unreadable.Add(null);
            return;
        }

        for (int i = 0; i < constructor.Parameters.Length; i++)
        {
            Add(constructor.Parameters[i].Name, attribute.ConstructorArguments[i]);
        }

        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            Add(argument.Key, argument.Value);
        }
    }

    public bool IsGiven(string name) => _attribute.NamedArguments.Any(argument => argument.Key == name);

    public object? Value(string name) => _values.TryGetValue(name, out object? value) ? value : null;

    /// <summary>Whether an argument is null, given so or by default.</summary>
    public bool IsNull(string name) => _values.TryGetValue(name, out object? value) && value is null;

    /// <summary>The elements of an array of names, of which C# lets some be null; none where the array is null, left out or cannot be read.</summary>
    public IReadOnlyList<string?> Names(string name) => Value(name) as IReadOnlyList<string?> ?? [];

    /// <summary>Reports the arguments that C# could not make sense of.</summary>
    /// <param name="position">Of the attribute among the parts of the network.</param>
    /// <param name="name">What messages call the part.</param>
    /// <param name="problems">Receives the reports.</param>
    public void ReportUnreadable(int position, string name, ICollection<Problem> problems)
    {
        foreach (string? argument in _unreadable)
        {
            problems.Add(Problem.At(
                Place.Layer(position, argument),
                DiagnosticDescriptors.UnreadableArgument,
                $"Layer {name}",
                $"[{AttributeSource.Text(_attribute)}]"));
        }
    }

    private void Add(string name, TypedConstant constant)
    {
        switch (constant.Kind)
        {
            case TypedConstantKind.Error:
                _unreadable.Add(name);
                break;
            case TypedConstantKind.Array:
                AddArray(name, constant);
                break;
            default:
                _values[name] = constant.Value;
                break;
        }
    }

    // A null array has no elements.
    private void AddArray(string name, TypedConstant array)
    {
        object?[] elements = array.IsNull ? [] : [.. array.Values.Select(static element => element.Kind == TypedConstantKind.Primitive ? element.Value : null)];
        SpecialType? type = (array.Type as IArrayTypeSymbol)?.ElementType.SpecialType;
        object? values = type switch
        {
            SpecialType.System_String => NamesOf(elements, array),
            SpecialType.System_Single => ArrayOf<float>(elements),
            _ => ArrayOf<int>(elements),
        };
        if (values is null)
        {
            _unreadable.Add(name);
        }
        else
        {
            _values[name] = values;
        }
    }

    private static object? NamesOf(object?[] elements, TypedConstant array) =>
        array.IsNull || array.Values.All(static element => element.Kind == TypedConstantKind.Primitive) ? Array.ConvertAll(elements, static element => element as string) : null;

    private static object? ArrayOf<T>(object?[] elements)
        where T : IEquatable<T> => elements.All(static element => element is T) ? elements.Cast<T>().ToEquatableArray() : null;
}
