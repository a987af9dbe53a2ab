using System.Text;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>C# names made from the user's.</summary>
internal static class Identifiers
{
    /// <summary><c>dense1</c>, <c>KernelGradient</c> → <c>Dense1KernelGradient</c>.</summary>
    public static string Of(OpLabel label) => Pascal(label.Layer) + label.Role;

    /// <summary><c>dense1/kernel</c> → <c>Dense1Kernel</c>, one name for each parameter's operation.</summary>
    public static IReadOnlyDictionary<int, string> OfParameters(ParameterPlan parameters)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return parameters.Parameters.ToDictionary(
            static parameter => parameter.Op, parameter => Unique(Pascal(parameter.Spec.Name), taken));
    }

    /// <summary>The class that holds a network's code: <c>Shop.Digits</c> → <c>Shop_DigitsCode</c>.</summary>
    public static string CodeClass(TypeHeader header)
    {
        string hint = header.HintName;
        string joined = hint.Replace('.', '_').Replace('-', '_') + "Code";

        // A.B_C and A_B.C would be one name: what has an underscore of its own is told apart by its hash.
        return hint.Contains('_') ? $"{joined}_{StableHash.Of(hint)}" : joined;
    }

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

    /// <summary>The name of an input or output as that of a parameter: never a keyword, a number or a name that is taken.</summary>
    public static string Parameter(string name, HashSet<string> taken) => "@" + Unique(char.IsDigit(name[0]) ? "_" + name : name, taken);

    // dense1 → Dense1, batch_normalization1 → BatchNormalization1
    private static string Pascal(string name)
    {
        var joined = new StringBuilder(name.Length);
        bool begins = true;
        foreach (char character in name)
        {
            bool separates = character is '_' or '/';
            if (!separates)
            {
                joined.Append(begins ? char.ToUpperInvariant(character) : character);
            }

            begins = separates;
        }

        return joined.Length > 0 && !char.IsDigit(joined[0]) ? joined.ToString() : "Layer" + joined;
    }
}
