using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Unroll.Generator.Emission;

namespace Unroll.Generator.Tests.Emission;

/// <summary>Literals are the same text under every culture and the same bits when compiled.</summary>
public class CSharpLiteralTests
{
    [Theory]
    [InlineData(0.5f, "0.5f")]
    [InlineData(-1f, "-1f")]
    [InlineData(0f, "0f")]
    [InlineData(-0f, "-0f")]
    [InlineData(0.1f, "0.1f")]
    [InlineData(1f / 3f, "0.33333334f")]
    [InlineData(1e20f, "1E+20f")]
    [InlineData(float.Epsilon, "1.4013E-45f")]
    [InlineData(float.NaN, "float.NaN")]
    [InlineData(float.PositiveInfinity, "float.PositiveInfinity")]
    [InlineData(float.NegativeInfinity, "float.NegativeInfinity")]
    public void WritesFloatsWhateverTheCulture(float value, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "", "de-DE", "fi-FI", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, CSharpLiteral.Of(value));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void FloatsReadBackAsTheSameBits()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (float.IsFinite(value))
            {
                Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(Constant<float>(CSharpLiteral.Of(value))));
            }
        }

        Assert.True(float.IsNegative(Constant<float>(CSharpLiteral.Of(-0f))));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ and \t\r\n\0 1")]
    [InlineData("line\u2028paragraph\u2029next\u0085mark\ufeff")]
    [InlineData("Größe × 28 → 😀")]
    [InlineData("lone \ud800 surrogate")]
    public void StringsReadBackAsTheSame(string value)
    {
        string literal = CSharpLiteral.Of(value);
        Assert.Equal(value, Constant<string>(literal));
        Assert.DoesNotContain('\n', literal);
    }

    [Fact]
    public void WritesWholeNumbers()
    {
        Assert.Equal("-2147483648", CSharpLiteral.Of(int.MinValue));
        Assert.Equal("9223372036854775807L", CSharpLiteral.Of(long.MaxValue));
        Assert.Equal("true", CSharpLiteral.Of(true));
    }

    private static T Constant<T>(string expression)
    {
        ExpressionSyntax syntax = SyntaxFactory.ParseExpression(expression);
        Assert.Empty(syntax.GetDiagnostics());
        return syntax is PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax operand }
            ? (T)(object)-(float)operand.Token.Value!
            : (T)((LiteralExpressionSyntax)syntax).Token.Value!;
    }
}
