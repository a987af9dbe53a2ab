using System.Globalization;
using System.Text;

namespace Unroll.Generator.Model;

/// <summary>
/// A constant and a sum of multiples of variables: an index along an axis of a value, or a number of floats that emitted code adds to a
/// reference. It folds itself and prints itself as C#: <c>block + local * 32 + 5</c>.
/// </summary>
internal readonly record struct Offset(int Constant, EquatableArray<OffsetTerm> Terms)
{
    public bool IsConstant => Terms.Count == 0;

    public bool IsZero => IsConstant && Constant == 0;

    /// <summary>A variable, of the emitted code or of a domain.</summary>
    /// <param name="name">Its name, or a product, quotient or remainder: what a multiplication may follow without parentheses.</param>
    /// <param name="step">A number that divides every value it takes.</param>
    public static Offset Variable(string name, int step = 1) => new(0, EquatableArray.Of(new OffsetTerm(name, 1, step)));

    public static implicit operator Offset(int constant) => new(constant, default);

    public static Offset operator +(Offset left, Offset right)
    {
        if (left.IsConstant || right.IsConstant)
        {
            return new Offset(checked(left.Constant + right.Constant), left.IsConstant ? right.Terms : left.Terms);
        }

        var terms = new List<OffsetTerm>(left.Terms);
        foreach (OffsetTerm term in right.Terms)
        {
            int same = terms.FindIndex(each => each.Variable == term.Variable);
            if (same < 0)
            {
                terms.Add(term);
            }
            else
            {
                terms[same] = term with { Coefficient = checked(terms[same].Coefficient + term.Coefficient) };
            }
        }

        return new Offset(checked(left.Constant + right.Constant), terms.Where(static term => term.Coefficient != 0).ToEquatableArray());
    }

    public static Offset operator *(Offset offset, int factor) => factor == 1 || offset.IsZero
        ? offset
        : new Offset(
            checked(offset.Constant * factor),
            factor == 0
                ? default
                : offset.Terms.Select(term => term with { Coefficient = checked(term.Coefficient * factor) }).ToEquatableArray());

    public static Offset operator -(Offset left, Offset right) => left + (right * -1);

    /// <summary>What is left over a multiple of <paramref name="divisor"/>; what is known to be one leaves nothing.</summary>
    public Offset Modulo(int divisor)
    {
        OffsetTerm[] rest = [.. Terms.Where(term => checked(term.Coefficient * term.Step) % divisor != 0)];
        var folded = new Offset(Constant % divisor, rest.ToEquatableArray());
        bool isName = rest.Length == 1 && rest[0].Coefficient == 1 && folded.Constant == 0;
        return folded.IsConstant ? folded : Variable(isName ? $"{rest[0].Variable} % {divisor}" : $"({folded}) % {divisor}");
    }

    /// <summary>The same with other names for its variables.</summary>
    public Offset Renamed(Func<string, string> name) => IsConstant
        ? this
        : new Offset(Constant, Terms.Select(term => term with { Variable = name(term.Variable) }).ToEquatableArray());

    /// <summary>The expression.</summary>
    public override string ToString()
    {
        // Most offsets are a number or a name.
        if (IsConstant)
        {
            return Text(Constant);
        }

        var text = new StringBuilder();
        foreach (OffsetTerm term in Terms)
        {
            string sign = text.Length == 0 ? (term.Coefficient < 0 ? "-" : "") : term.Coefficient < 0 ? " - " : " + ";
            text.Append(sign).Append(term.Variable);
            int magnitude = Math.Abs(term.Coefficient);
            if (magnitude != 1)
            {
                text.Append(" * ").Append(Text(magnitude));
            }
        }

        if (Constant != 0)
        {
            text.Append(Constant < 0 ? " - " : " + ").Append(Text(Math.Abs(Constant)));
        }

        return text.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A multiple of a variable, all of whose values are multiples of <paramref name="Step"/>.</summary>
internal sealed record OffsetTerm(string Variable, int Coefficient, int Step);
