using Unroll.Generator.Emission;

namespace Unroll.Generator.Tests.Emission;

public class CodeWriterTests
{
    [Fact]
    public void IndentsByScope()
    {
        var writer = new CodeWriter();
        using (writer.Block("void Run()"))
        {
            using (writer.Block("do", " while (false);"))
            {
                writer.Line("Step();");
                writer.Line();
            }

            using (writer.Indented())
            {
                writer.Line("Deeper();");
            }

            using (writer.Braces())
            {
            }
        }

        Assert.Equal("void Run()\n{\n    do\n    {\n        Step();\n\n    } while (false);\n        Deeper();\n    {\n    }\n}\n", writer.ToString());
    }

    [Fact]
    public void NormalisesRawStrings()
    {
        var writer = new CodeWriter();
        using (writer.Block("class A"))
        {
            writer.Line("int a;\r\n\r\n    int b;  \r\n");
        }

        Assert.Equal("class A\n{\n    int a;\n\n        int b;\n\n}\n", writer.ToString());
    }

    [Fact]
    public void ACommentStaysAComment()
    {
        var writer = new CodeWriter();
        writer.Comment("one\ntwo\rthree\u2028four\u2029five\u0085six\n\nseven");

        Assert.Equal("// one\n// two three four five six\n//\n// seven\n", writer.ToString());
    }
}
