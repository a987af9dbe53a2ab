namespace Unroll.Generator.Emission.Targets;

/// <summary>A C# expression, which knows whether a member access can follow it as it stands.</summary>
/// <param name="Text">The expression.</param>
/// <param name="IsPrimary">A name, a call, a member.</param>
internal readonly record struct Expression(string Text, bool IsPrimary)
{
    /// <summary>As the operand of a member access.</summary>
    public string Operand => IsPrimary ? Text : $"({Text})";

    public static implicit operator Expression(string text) => new(text, IsPrimary: text.All(char.IsLetterOrDigit));

    public static implicit operator string(Expression expression) => expression.Text;

    public static Expression Call(string function, params string[] arguments) => new($"{function}({string.Join(", ", arguments)})", IsPrimary: true);

    public override string ToString() => Text;
}
