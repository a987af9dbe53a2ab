using System.Globalization;
using System.Text.RegularExpressions;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>The disassembly of one function.</summary>
/// <param name="Name">Its symbol.</param>
/// <param name="Instructions">In order of their addresses.</param>
internal sealed partial record MachineCode(string Name, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>The loops that hold no other: from the target of a branch back to the branch.</summary>
    public IEnumerable<IReadOnlyList<Instruction>> InnerLoops()
    {
        (long From, long To)[] loops =
        [
            .. Instructions
                .Where(static instruction => instruction.Target <= instruction.Address)
                .Select(static instruction => (instruction.Target!.Value, instruction.Address)),
        ];
        return loops
            .Where(loop => !loops.Any(other => other != loop && other.From >= loop.From && other.To <= loop.To))
            .Select(loop => Instructions.Where(instruction => instruction.Address >= loop.From && instruction.Address <= loop.To).ToArray());
    }

    /// <summary>Reads the output of objdump.</summary>
    public static IReadOnlyList<MachineCode> Parse(string disassembly)
    {
        var functions = new List<MachineCode>();
        var instructions = new List<Instruction>();
        foreach (string line in disassembly.Split('\n'))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                instructions = [];
                functions.Add(new MachineCode(header.Groups[1].Value, instructions));
            }
            else if (Line().Match(line) is { Success: true } match)
            {
                instructions.Add(InstructionOf(match, functions[^1].Name));
            }
            else if (Relocation().Match(line) is { Success: true } relocation)
            {
                // A branch to another function has no target here: the relocation tells it.
                instructions[^1] = instructions[^1] with { Target = null, Text = $"{instructions[^1].Text} {relocation.Groups[1].Value}" };
            }
        }

        return functions;
    }

    private static Instruction InstructionOf(Match match, string function)
    {
        string text = match.Groups[2].Value;
        Match branch = Branch().Match(text);
        return new Instruction(
            Address(match.Groups[1].Value),
            text,
            branch.Success && branch.Groups[2].Value.Split('+')[0] == function ? Address(branch.Groups[1].Value) : null);
    }

    private static long Address(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9a-f]+ <(.+)>:$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\s+([0-9a-f]+):\s+(\S.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\s+[0-9a-f]+: R_AARCH64_\S+\s+(\S+)")]
    private static partial Regex Relocation();

    // b, b.cc, cbz, cbnz, tbz, tbnz: the last operand is the target.
    [GeneratedRegex(@"^(?:b|b\.\w+|cbn?z|tbn?z)\s(?:.*\s)?([0-9a-f]+) <([^>]+)>")]
    private static partial Regex Branch();
}
