using System.Reflection.Metadata;

namespace Unroll.Tool;

/// <summary>Types in attributes by their names.</summary>
internal sealed class AttributeTypes(MetadataReader metadata) : ICustomAttributeTypeProvider<string>
{
    // Of the metadata's signatures: ECMA-335, II.23.2.12.
    private const byte GenericInstance = 0x15;

    public string FullName(TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } around ? $"{FullName(metadata.GetTypeDefinition(around))}.{name}" : WithNamespace(metadata.GetString(type.Namespace), name);
    }

    /// <summary>A type's name; of a generic one with its arguments: <c>Unroll.UseAttribute&lt;Shop.Tower&gt;</c>.</summary>
    public string Name(EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => FullName(metadata.GetTypeDefinition((TypeDefinitionHandle)type)),
        HandleKind.TypeReference => NameOf(metadata.GetTypeReference((TypeReferenceHandle)type)),
        HandleKind.TypeSpecification => Name(metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature)),
        _ => "?",
    };

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSystemType() => "System.Type";

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Name(handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Name(handle);

    public string GetTypeFromSerializedName(string name) => name.Split(',')[0];

    // All of Unroll's are.
    public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(string type) => type == "System.Type";

    private string NameOf(TypeReference type)
    {
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{Name(type.ResolutionScope)}.{name}" : WithNamespace(metadata.GetString(type.Namespace), name);
    }

    private string Name(BlobReader signature)
    {
        if (signature.ReadByte() != GenericInstance)
        {
            return "?";
        }

        signature.ReadByte();
        string generic = Name(signature.ReadTypeHandle());
        int count = signature.ReadCompressedInteger();
        var arguments = new List<string>();
        for (int argument = 0; argument < count; argument++)
        {
            // Blocks are classes.
            signature.ReadByte();
            string full = Name(signature.ReadTypeHandle());
            arguments.Add(full[(full.LastIndexOf('.') + 1)..]);
        }

        return $"{generic.Split('`')[0]}<{string.Join(", ", arguments)}>";
    }

    private static string WithNamespace(string nameSpace, string name) => nameSpace.Length == 0 ? name : $"{nameSpace}.{name}";
}
