using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Unroll.Tool;

/// <summary>The networks in a built assembly, read from its metadata: none of its code is loaded.</summary>
internal sealed class AssemblyNetworks
{
    private readonly MetadataReader _metadata;
    private readonly AttributeTypes _types;

    private AssemblyNetworks(MetadataReader metadata)
    {
        _metadata = metadata;
        _types = new AttributeTypes(metadata);
    }

    /// <summary>Writes each network's class with its attributes, as they stand in its source.</summary>
    /// <exception cref="InvalidDataException">The file is no assembly.</exception>
    public static void List(string path, TextWriter output)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using var file = new PEReader(stream);
            if (!file.HasMetadata)
            {
                throw new BadImageFormatException("it has no metadata of .NET");
            }

            new AssemblyNetworks(file.GetMetadataReader()).List(output);
        }
        catch (BadImageFormatException exception)
        {
            throw new InvalidDataException($"{path} is no assembly of .NET: {exception.Message}", exception);
        }
    }

    private void List(TextWriter output)
    {
        int count = 0;
        foreach (TypeDefinition type in _metadata.TypeDefinitions.Select(handle => _metadata.GetTypeDefinition(handle)))
        {
            string[] attributes = [.. type.GetCustomAttributes().Select(handle => Text(_metadata.GetCustomAttribute(handle))).OfType<string>()];
            if (!Array.Exists(attributes, static attribute => attribute is "[Network]" || attribute.StartsWith("[Network(", StringComparison.Ordinal)))
            {
                continue;
            }

            count++;
            output.WriteLine($"{_types.FullName(type)}: {Constant(type, "InputSize")} values in, {Constant(type, "OutputSize")} out, {Constant(type, "ParameterCount")} parameters");
            foreach (string attribute in attributes)
            {
                output.WriteLine($"  {attribute}");
            }
        }

        output.WriteLine($"{count} networks");
    }

    /// <summary>A constant of the class; a question mark where it has none, as one of several inputs.</summary>
    private string Constant(TypeDefinition type, string name)
    {
        foreach (FieldDefinition field in type.GetFields().Select(handle => _metadata.GetFieldDefinition(handle)).Where(field => _metadata.StringComparer.Equals(field.Name, name)))
        {
            if (!field.GetDefaultValue().IsNil && _metadata.GetConstant(field.GetDefaultValue()) is { TypeCode: ConstantTypeCode.Int32 } constant)
            {
                return _metadata.GetBlobReader(constant.Value).ReadInt32().ToString("N0", CultureInfo.InvariantCulture);
            }
        }

        return "?";
    }

    /// <summary>An attribute of Unroll as it stands in source; null where it is another's.</summary>
    private string? Text(CustomAttribute attribute)
    {
        EntityHandle type = attribute.Constructor.Kind switch
        {
            HandleKind.MemberReference => _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent,
            _ => _metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType(),
        };
        string name = _types.Name(type);
        if (!name.StartsWith("Unroll.", StringComparison.Ordinal))
        {
            return null;
        }

        CustomAttributeValue<string> value = attribute.DecodeValue(_types);
        string[] arguments =
        [
            .. value.FixedArguments.SelectMany(argument => Literals(argument.Type, argument.Value)),
            .. value.NamedArguments.Select(argument => $"{argument.Name} = {string.Join(", ", Literals(argument.Type, argument.Value, isNamed: true))}"),
        ];
        string plain = Short(name).Replace("Attribute", "", StringComparison.Ordinal);
        return arguments.Length == 0 ? $"[{plain}]" : $"[{plain}({string.Join(", ", arguments)})]";
    }

    private static IEnumerable<string> Literals(string type, object? value, bool isNamed = false)
    {
        if (value is System.Collections.Immutable.ImmutableArray<CustomAttributeTypedArgument<string>> array)
        {
            string[] elements = [.. array.SelectMany(element => Literals(element.Type, element.Value))];
            return isNamed ? [$"[{string.Join(", ", elements)}]"] : elements;
        }

        return [Literal(type, value)];
    }

    private static string Literal(string type, object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        int number when typeof(Model).Assembly.GetType(type) is { IsEnum: true } known => $"{known.Name}.{Enum.ToObject(known, number)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string Short(string name) => name[(name[..(name.IndexOf('<') is var generic and >= 0 ? generic : name.Length)].LastIndexOf('.') + 1)..];
}
