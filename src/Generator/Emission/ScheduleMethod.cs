using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Planning;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Emission;

/// <summary>A method of a schedule: its summary, its signature, and what it does in order, in as many pieces as the budget asks for.</summary>
internal sealed record ScheduleMethod(string Summary, string Modifiers, string Name, IReadOnlyList<KernelParameter> Parameters)
{
    // The first piece is the method itself; the others it or its predecessor calls.
    private string PieceName(int piece) => piece == 0 ? Name : $"{Name}_{piece}";

    public static string Declared(IEnumerable<KernelParameter> parameters) =>
        string.Join(", ", parameters.Select(static parameter => parameter.Declaration));

    public static string Passed(IEnumerable<KernelParameter> parameters) =>
        string.Join(", ", parameters.Select(static parameter => parameter.Argument));

    /// <summary>Writes a method with a body of its own.</summary>
    public void Write(CodeWriter writer, Action writeBody) => WritePiece(writer, 0, writeBody);

    /// <summary>Writes a method of statements in order.</summary>
    public void WriteSequence(CodeWriter writer, IEnumerable<Statement> statements, StatementWriter statementWriter)
    {
        IReadOnlyList<IReadOnlyList<Statement>> pieces = CodeBudget.Split(statements);
        for (int piece = 0; piece < Math.Max(1, pieces.Count); piece++)
        {
            IReadOnlyList<Statement> own = pieces.Count == 0 ? [] : pieces[piece];
            string next = piece + 1 < pieces.Count ? CallOf(piece + 1) : "";
            WritePiece(writer, piece, () =>
            {
                statementWriter.DeclareArenas(writer, own, Parameters);
                statementWriter.Write(writer, own);
                if (next.Length > 0)
                {
                    writer.Line(next);
                }
            });
        }
    }

    /// <summary>Writes a method that finds the statement which <c>part</c> belongs to, and runs that part.</summary>
    public void WriteParts(CodeWriter writer, IEnumerable<PlannedStatement> statements, StatementWriter statementWriter)
    {
        IReadOnlyList<IReadOnlyList<PlannedStatement>> pieces = CodeBudget.Split(statements);
        for (int piece = 0; piece < pieces.Count; piece++)
        {
            IReadOnlyList<PlannedStatement> own = pieces[piece];
            string next = piece + 1 < pieces.Count ? CallOf(piece + 1) : "";
            WritePiece(writer, piece, () =>
            {
                statementWriter.DeclareArenas(writer, own.Select(static statement => statement.Statement), Parameters);
                WriteChoice(writer, own, next, statementWriter);
            });
        }
    }

    /// <summary>
    /// Writes a method that leads to that of the phase, and the methods of the phases. Where there is one phase only, it is its method; where
    /// there is none, the base class has it.
    /// </summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="parameter">The argument that is the phase's number, which the methods of the phases go without.</param>
    /// <param name="name">What the methods of the phases are called, with their numbers behind it.</param>
    /// <param name="phases">The numbers.</param>
    /// <param name="write">Writes the method of a phase.</param>
    public void WritePhases(CodeWriter writer, KernelParameter parameter, string name, int[] phases, Action<ScheduleMethod, int> write)
    {
        if (phases.Length < 2)
        {
            foreach (int only in phases)
            {
                write(this, only);
            }

            return;
        }

        ScheduleMethod[] methods =
            [.. phases.Select(phase => new ScheduleMethod("", "private static", $"{name}{phase}", [.. Parameters.Where(each => each != parameter)]))];
        Write(writer, () =>
        {
            using (writer.Block($"switch ({parameter.Name})"))
            {
                for (int i = 0; i < phases.Length; i++)
                {
                    writer.Line($"case {phases[i]}:");
                    using (writer.Indented())
                    {
                        writer.Line(methods[i].CallOf(0));
                        writer.Line("break;");
                    }
                }
            }
        });
        for (int i = 0; i < phases.Length; i++)
        {
            write(methods[i], phases[i]);
        }
    }

    private static void WriteChoice(CodeWriter writer, IReadOnlyList<PlannedStatement> statements, string next, StatementWriter statementWriter)
    {
        for (int index = 0; index < statements.Count; index++)
        {
            if (index == statements.Count - 1 && next.Length == 0)
            {
                statementWriter.Write(writer, statements[index].Statement);
                return;
            }

            using (writer.Block($"if (part < {statements[index].Parts})"))
            {
                statementWriter.Write(writer, statements[index].Statement);
                writer.Line("return;");
            }

            writer.Line();
            writer.Line($"part -= {statements[index].Parts};");
        }

        writer.Line(next);
    }

    /// <summary>The call of one of its pieces from another, or of the first from elsewhere.</summary>
    public string CallOf(int piece) =>
        $"{PieceName(piece)}({Passed(Parameters)});";

    private void WritePiece(CodeWriter writer, int piece, Action writeBody)
    {
        writer.Line();
        if (piece == 0 && Summary.Length > 0)
        {
            writer.Line($"/// <summary>{Summary}</summary>");
        }

        writer.Line("[MethodImpl(AggressiveOptimization)]");
        using (writer.Block($"{(piece == 0 ? Modifiers : "private static")} void {PieceName(piece)}({Declared(Parameters)})"))
        {
            writeBody();
        }
    }
}
