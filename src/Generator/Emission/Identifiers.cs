using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission;

/// <summary>C# names made from the user's.</summary>
internal static class Identifiers
{
    /// <summary><c>dense1</c>, <c>KernelGradient</c> → <c>Dense1KernelGradient</c>.</summary>
    public static string Of(OpLabel label) => Pascal(label.Layer) + label.Role;

    /// <summary><c>dense1/kernel</c> → <c>Dense1Kernel</c>.</summary>
    public static string OfParameter(string name) => string.Concat(name.Split('/').Select(Pascal));

    /// <summary>The class that holds a network's code: <c>Shop.Digits</c> → <c>Shop_Digits</c>.</summary>
    public static string CodeClass(TypeHeader header) => header.HintName.Replace("_", "__").Replace('.', '_').Replace('-', '_');

    /// <summary><paramref name="name"/>, numbered if it is taken; then it is.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int number = 2; !taken.Add(unique); number++)
        {
            unique = name + "_" + CSharpLiteral.Of(number);
        }

        return unique;
    }

    private static string Pascal(string name) => char.IsDigit(name[0])
        ? "Layer" + name
        : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
