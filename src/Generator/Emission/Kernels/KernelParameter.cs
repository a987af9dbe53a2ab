namespace Unroll.Generator.Emission.Kernels;

/// <summary>One argument of an emitted kernel.</summary>
internal sealed record KernelParameter(string Type, string Name)
{
    public static KernelParameter Reference(string name) => new("ref float", name);

    public static KernelParameter Count(string name) => new("nuint", name);

    public static KernelParameter Flag(string name) => new("bool", name);

    public string Declaration => $"{Type} {Name}";

    public string Argument => Type.StartsWith("ref ", StringComparison.Ordinal) ? $"ref {Name}" : Name;
}
