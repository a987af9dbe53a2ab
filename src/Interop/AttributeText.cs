using System.Globalization;
using System.Reflection;

namespace Unroll.Interop;

/// <summary>An attribute as it stands in a source file, arguments that are its defaults left out.</summary>
/// <remarks>What an attribute takes is read off its class, so that a layer is described once.</remarks>
internal sealed class AttributeText(Type attribute)
{
    private readonly Dictionary<string, object> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of an argument by its name, whatever its case; null where the attribute has none.</summary>
    public IEnumerable<Type> TypesOf(string name)
    {
        IEnumerable<Type> positional = attribute.GetConstructors()
            .SelectMany(static constructor => constructor.GetParameters())
            .Where(parameter => Is(parameter.Name!, name))
            .Select(static parameter => parameter.ParameterType);
        return positional.Any() ? positional : attribute.GetProperties().Where(property => property.CanWrite && Is(property.Name, name)).Select(static property => property.PropertyType);
    }

    /// <summary>The attribute's name without its ending: <c>Dense</c>.</summary>
    public string Kind => attribute.Name.Split('`')[0][..^nameof(Attribute).Length];

    /// <summary>The class that a generic attribute is written with; null for others.</summary>
    public string? Block { get; set; }

    /// <summary>The names of what was set.</summary>
    public IEnumerable<string> Arguments => _values.Keys;

    public bool IsSet(string name) => _values.ContainsKey(name);

    /// <summary>What was set; null where nothing was.</summary>
    public object? Get(string name) => _values.GetValueOrDefault(name);

    public void Set(string name, object value) => _values[name] = value;

    /// <summary>The same attribute with another value of one argument.</summary>
    public AttributeText With(string name, object value)
    {
        var other = new AttributeText(attribute);
        foreach ((string argument, object own) in _values)
        {
            other.Set(argument, own);
        }

        other.Set(name, value);
        return other;
    }

    public void Unset(string name) => _values.Remove(name);

    /// <summary>The arguments without which the attribute cannot be written, where none of its constructors can do without.</summary>
    public IReadOnlyList<string> Missing()
    {
        string[][] missing = [.. attribute.GetConstructors().Select(constructor => constructor.GetParameters()
            .Where(parameter => !parameter.HasDefaultValue && !IsParams(parameter) && !_values.ContainsKey(parameter.Name!))
            .Select(static parameter => parameter.Name!)
            .ToArray())];
        return missing.MinBy(static names => names.Length) ?? [];
    }

    public override string ToString()
    {
        ConstructorInfo constructor = attribute.GetConstructors().First(Fits);
        ParameterInfo[] parameters = constructor.GetParameters();
        var arguments = new List<string>();
        int positional = 1 + Array.FindLastIndex(parameters, parameter => _values.TryGetValue(parameter.Name!, out object? value) && !Same(value, parameter.DefaultValue));
        foreach (ParameterInfo parameter in parameters.Take(positional))
        {
            object value = _values.GetValueOrDefault(parameter.Name!, parameter.DefaultValue!);
            arguments.AddRange(IsParams(parameter) ? ((Array)value).Cast<object>().Select(Literal) : [Literal(value)]);
        }

        object defaults = constructor.Invoke([.. parameters.Select(Placeholder)]);
        foreach (PropertyInfo property in InOrder().Where(static property => property.CanWrite))
        {
            if (!parameters.Any(parameter => Is(parameter.Name!, property.Name))
                && _values.TryGetValue(property.Name, out object? value)
                && !Same(value, property.GetValue(defaults)))
            {
                arguments.Add($"{property.Name} = {Literal(value)}");
            }
        }

        string name = Block is null ? Kind : $"{Kind}<{Block}>";
        return arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
    }

    /// <summary>A layer's own properties first, its name and what it reads last.</summary>
    private IEnumerable<PropertyInfo> InOrder() => attribute.GetProperties().OrderBy(static property => property.DeclaringType == typeof(LayerAttribute));

    private bool Fits(ConstructorInfo constructor) => constructor.GetParameters().All(parameter =>
        _values.TryGetValue(parameter.Name!, out object? value) ? parameter.ParameterType.IsInstanceOfType(value) : parameter.HasDefaultValue || IsParams(parameter));

    private object? Placeholder(ParameterInfo parameter) =>
        _values.TryGetValue(parameter.Name!, out object? value) ? value
        : parameter.HasDefaultValue ? parameter.DefaultValue
        : Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0);

    private static bool IsParams(ParameterInfo parameter) => parameter.IsDefined(typeof(ParamArrayAttribute));

    private static bool Is(string member, string name) => string.Equals(member, name, StringComparison.OrdinalIgnoreCase);

    // The default of an enum comes as its number.
    private static bool Same(object value, object? other) =>
        value is Array array ? other is Array numbers && array.Cast<object>().SequenceEqual(numbers.Cast<object>())
        : value is Enum && other is int number ? Convert.ToInt32(value, CultureInfo.InvariantCulture) == number
        : value.Equals(other);

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        string text => $"\"{text}\"",
        Enum => $"{value.GetType().Name}.{value}",
        Array array => $"[{string.Join(", ", array.Cast<object>().Select(Literal))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
