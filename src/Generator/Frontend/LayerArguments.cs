using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>One layer attribute's arguments by name, with the checks that need no shape; each failed check becomes a problem at its argument.</summary>
internal sealed class LayerArguments
{
    private readonly AttributeData _attribute;
    private readonly ICollection<Problem> _problems;
    private readonly string _defaultName;
    private readonly Dictionary<string, TypedConstant> _values = new(StringComparer.Ordinal);

    /// <param name="attribute">The layer.</param>
    /// <param name="position">Its place among all layers of the network.</param>
    /// <param name="prefix">The blocks around it: <c>body1/</c>.</param>
    /// <param name="defaultName">Its name if it is given none, without the prefix.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public LayerArguments(AttributeData attribute, int position, string prefix, string defaultName, ICollection<Problem> problems)
    {
        _attribute = attribute;
        _problems = problems;
        _defaultName = prefix + defaultName;
        Position = position;
        ReadValues();
        GivenName = ReadName();
        Name = prefix + (GivenName ?? defaultName);
    }

    public int Position { get; }

    /// <summary>The name given, or the default one, after the names of the blocks around.</summary>
    public string Name { get; }

    /// <summary>The name given, if it is usable.</summary>
    public string? GivenName { get; }

    public float Float(string name, float fallback = 0f) => Value(name) is float value ? value : fallback;

    public bool Bool(string name, bool fallback) => Value(name) is bool value ? value : fallback;

    /// <summary>Whether a property is set, be it to its default.</summary>
    public bool IsGiven(string name) => _attribute.NamedArguments.Any(argument => argument.Key == name);

    /// <summary>Units of a layer.</summary>
    public int Units(string name)
    {
        int value = Int(name, fallback: 1);
        if (value < 1)
        {
            Report(name, Meant(value), DiagnosticDescriptors.UnitsOutOfRange, Name, Format(value));
        }

        return value;
    }

    /// <summary>A number that counts something.</summary>
    public int Count(string name)
    {
        int value = Int(name, fallback: 1);
        if (value < 1)
        {
            Report(name, Meant(value), DiagnosticDescriptors.CountOutOfRange, Name, name, Format(value));
        }

        return value;
    }

    /// <summary>A number of rows that are added or taken away.</summary>
    public int Rows(string name, int fallback)
    {
        int value = Int(name, fallback);
        if (value < 0)
        {
            Report(name, Meant(value), DiagnosticDescriptors.NumberOutOfRange, Name, name, "at least 0", Format(value));
        }

        return value;
    }

    /// <summary>The share of values dropped.</summary>
    public float DropRate(string name)
    {
        float value = Float(name);
        if (!NumberRange.BelowOne.Contains(value))
        {
            Report(name, Meant(NumberRange.BelowOne, value), DiagnosticDescriptors.DropoutRateOutOfRange, Name, Format(value));
        }

        return value;
    }

    /// <summary>A number in a range; <paramref name="fallback"/> where it is left out.</summary>
    public float Number(string name, NumberRange range, float fallback)
    {
        float value = Float(name, fallback);
        if (!range.Contains(value))
        {
            Report(name, Meant(range, value), DiagnosticDescriptors.NumberOutOfRange, Name, name, range.Text, Format(value));
        }

        return value;
    }

    public Penalty Penalty(string l1, string l2) => new(PenaltyWeight(l1), PenaltyWeight(l2));

    /// <summary>The numbers of a <c>params</c> array, none for null; null where one of them cannot be read, which is reported.</summary>
    public EquatableArray<int>? Numbers(string name)
    {
        if (!_values.TryGetValue(name, out TypedConstant constant) || constant.Kind != TypedConstantKind.Array)
        {
            return null;
        }

        if (constant.IsNull)
        {
            return EquatableArray.Of<int>();
        }

        if (constant.Values.All(static element => element.Kind == TypedConstantKind.Primitive && element.Value is int))
        {
            return constant.Values.Select(static element => (int)element.Value!).ToEquatableArray();
        }

        ReportUnreadable(name);
        return null;
    }

    /// <summary>A member of an enum that mirrors the runtime's by value.</summary>
    public TEnum Enum<TEnum>(string name, TEnum fallback = default)
        where TEnum : struct, Enum
    {
        if (Value(name) is not int number)
        {
            return fallback;
        }

        var value = (TEnum)System.Enum.ToObject(typeof(TEnum), number);
        if (!System.Enum.IsDefined(typeof(TEnum), value))
        {
            Report(name, DiagnosticDescriptors.UnknownEnumValue, Name, name, typeof(TEnum).Name, Format(number));
            return fallback;
        }

        return value;
    }

    public void Report(string? argument, DiagnosticDescriptor descriptor, params string[] arguments) =>
        Report(argument, meant: null, descriptor, arguments);

    /// <param name="argument">Where.</param>
    /// <param name="meant">What the argument can only have meant.</param>
    public void Report(string? argument, string? meant, DiagnosticDescriptor descriptor, params string[] arguments) =>
        _problems.Add(Problem.At(Place.Layer(Position, argument), descriptor, arguments) with { Replacement = meant });

    /// <summary>Reports at one element of the only <c>params</c> array.</summary>
    public void ReportElement(int element, DiagnosticDescriptor descriptor, params string[] arguments) =>
        _problems.Add(Problem.At(Place.LayerElement(Position, element), descriptor, arguments));

    public void ReportUnreadable(string? argument) => Report(
        argument,
        DiagnosticDescriptors.UnreadableArgument,
        $"Layer {_defaultName}",
        $"[{AttributeSource.Text(_attribute)}]");

    private int Int(string name, int fallback) => Value(name) is int value ? value : fallback;

    private float PenaltyWeight(string name)
    {
        float value = Float(name);
        if (!NumberRange.AtLeastZero.Contains(value))
        {
            Report(name, Meant(NumberRange.AtLeastZero, value), DiagnosticDescriptors.PenaltyOutOfRange, Name, name, Format(value));
        }

        return value;
    }

    private object? Value(string name) =>
        _values.TryGetValue(name, out TypedConstant constant) && constant.Kind != TypedConstantKind.Array ? constant.Value : null;

    private void ReadValues()
    {
        if (_attribute.AttributeConstructor is not { } constructor || constructor.Parameters.Length != _attribute.ConstructorArguments.Length)
        {
            ReportUnreadable(argument: null);
            return;
        }

        for (int i = 0; i < constructor.Parameters.Length; i++)
        {
            Add(constructor.Parameters[i].Name, _attribute.ConstructorArguments[i]);
        }

        foreach (KeyValuePair<string, TypedConstant> argument in _attribute.NamedArguments)
        {
            Add(argument.Key, argument.Value);
        }
    }

    private void Add(string name, TypedConstant constant)
    {
        if (constant.Kind == TypedConstantKind.Error)
        {
            ReportUnreadable(name);
        }
        else
        {
            _values[name] = constant;
        }
    }

    private string? ReadName()
    {
        if (Value("Name") is not string name)
        {
            return null;
        }

        if (name.Length > 0 && name.All(static character => char.IsLetterOrDigit(character) || character == '_'))
        {
            return name;
        }

        string usable = string.Concat(name.Trim().Select(static character => char.IsLetterOrDigit(character) ? character : '_'));
        Report(
            "Name",
            usable.Any(char.IsLetterOrDigit) ? SymbolDisplay.FormatLiteral(usable, quote: true) : null,
            DiagnosticDescriptors.UnusableName,
            _defaultName,
            SymbolDisplay.FormatLiteral(name, quote: true));
        return null;
    }

    private static string? Meant(int value) => value is < 0 and > int.MinValue ? Format(-value) : null;

    private static string? Meant(NumberRange range, float value) => range.Meant(value) is float meant ? Format(meant) + "f" : null;

    private static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Format(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
