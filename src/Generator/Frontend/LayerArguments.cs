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

    public LayerArguments(AttributeData attribute, int position, string defaultName, ICollection<Problem> problems)
    {
        _attribute = attribute;
        _problems = problems;
        _defaultName = defaultName;
        Position = position;
        ReadValues();
        Name = ReadName();
    }

    public int Position { get; }

    /// <summary>The name given, or the default one.</summary>
    public string Name { get; }

    public int Int(string name, int fallback = 0) => Value(name) is int value ? value : fallback;

    public float Float(string name, float fallback = 0f) => Value(name) is float value ? value : fallback;

    public bool Bool(string name, bool fallback) => Value(name) is bool value ? value : fallback;

    /// <summary>A number that counts something.</summary>
    public int Positive(string name, DiagnosticDescriptor descriptor)
    {
        int value = Int(name, fallback: 1);
        if (value < 1)
        {
            Report(name, descriptor, Name, Format(value));
        }

        return value;
    }

    /// <summary>A share in [0, 1).</summary>
    public float Share(string name, DiagnosticDescriptor descriptor)
    {
        float value = Float(name);
        if (!(value >= 0f && value < 1f))
        {
            Report(name, descriptor, Name, Format(value));
        }

        return value;
    }

    public Penalty Penalty(string l1, string l2) => new(PenaltyWeight(l1), PenaltyWeight(l2));

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

    private float PenaltyWeight(string name)
    {
        float value = Float(name);
        if (!(value >= 0f) || float.IsInfinity(value))
        {
            Report(name, DiagnosticDescriptors.PenaltyOutOfRange, Name, name, Format(value));
        }

        return value;
    }

    private object? Value(string name) => _values.TryGetValue(name, out TypedConstant constant) ? constant.Value : null;

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
        else if (constant.Kind is TypedConstantKind.Primitive or TypedConstantKind.Enum)
        {
            _values[name] = constant;
        }
    }

    private string ReadName()
    {
        if (Value("Name") is not string name)
        {
            return _defaultName;
        }

        if (name.Length > 0 && name.All(static character => char.IsLetterOrDigit(character) || character == '_'))
        {
            return name;
        }

        Report("Name", DiagnosticDescriptors.UnusableName, _defaultName, SymbolDisplay.FormatLiteral(name, quote: true));
        return _defaultName;
    }

    private void ReportUnreadable(string? argument) => Report(
        argument,
        DiagnosticDescriptors.UnreadableArgument,
        $"Layer {_defaultName}",
        $"[{AttributeSource.Text(_attribute)}]");

    private void Report(string? argument, DiagnosticDescriptor descriptor, params string[] arguments) =>
        _problems.Add(Problem.At(Place.Layer(Position, argument), descriptor, arguments));

    private static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Format(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
