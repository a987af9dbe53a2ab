#!/usr/bin/env bash
# What became faster or slower since an older commit. Builds benchmarks/Against on this tree and on that commit's, and runs the two in turns,
# each measurement in a fresh process on one processor. Prints a table; the exit status says only whether everything ran.
# `benchmarks/against.sh COMMIT ROUNDS`, by default e13c691 and 5, which take three to five minutes. Needs the .NET SDK and a commit whose models have
# the functions that benchmarks/Against calls. CPU=0 chooses the processor, the last one by default. DOTNET_* settings hold for both builds'
# programs, except for DOTNET_TieredPGO, which is taken away: DOTNET_EnableAVX512=0 compares kernels of 256 bits.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
commit=${1:-e13c691} rounds=${2:-5}
if [ $# -gt 2 ] || ! [[ $rounds =~ ^[1-9][0-9]*$ ]]; then
    echo "Usage: benchmarks/against.sh [COMMIT [ROUNDS]]" >&2
    exit 2
fi

commit=$(git -C "$root" rev-parse --short --verify "$commit^{commit}")
cpu=${CPU:-$(taskset -cp $$ | sed 's/.*[^0-9]//')}
export LC_ALL=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
clean() {
    if [ -e "$work/tree" ]; then git -C "$root" worktree remove --force "$work/tree"; fi
    rm -rf "$work"
}
trap clean EXIT
git -C "$root" worktree add --quiet --detach "$work/tree" "$commit"

# build NAME TREE: in a folder of its own, for a project's intermediate files belong to one tree. Warnings of an older tree are none of our concern.
build() {
    echo "Building on $2" >&2
    mkdir "$work/$1"
    cp "$root"/benchmarks/Against/*.cs* "$work/$1"
    DOTNET_TieredPGO=0 dotnet build -c Release "$work/$1" -p:Unroll="$2" -p:RunAnalyzersDuringBuild=false -p:TreatWarningsAsErrors=false \
        -p:NuGetAudit=false >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# measure WHAT SIZES: both builds; each number that a program prints goes to a file of its own, the share of the processor that it had to another.
measure() {
    local name numbers i TIMEFORMAT=%P
    for name in old new; do
        { time numbers=$(env -u DOTNET_TieredPGO taskset -c "$cpu" dotnet "$work/$name/bin/Release/net10.0/Against.dll" "$@" 2>&3); } 3>&2 2>>"$work/share"
        i=0
        for number in $numbers; do
            i=$((i + 1))
            echo "$number" >>"$work/$name/$1 $2 $i"
        done
    done
}

# summary FILE: the least number and the median.
summary() {
    sort -g "$1" | awk '{ value[NR] = $1 } END { print value[1], (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# row NAME FILE TARGET [ratios]: old and new; the ratios unless the numbers are ratios themselves.
row() {
    echo "$(summary "$work/old/$2") $(summary "$work/new/$2")" | awk -v name="$1" -v target="$3" -v ratios="${4:-}" '
        function show(value) { return value >= 99.95 ? sprintf("%.0f", value) : sprintf("%#.3g", value) }
        function cell(text) { return (text == "" ? " " : " " text " ") "|" }
        {
            least = ratios == "" ? show($1 / $3) : ""
            medians = ratios == "" ? show($2 / $4) : ""
            print "|" cell(name) cell(show($1) " (" show($2) ")") cell(show($3) " (" show($4) ")") cell(least) cell(medians) cell(target)
        }'
}

build old "$work/tree"
build new "$root"
for ((round = 1; round <= rounds; round++)); do
    echo "Round $round of $rounds" >&2
    for sizes in 4-16-3 6-24-24-2; do measure predict "$sizes"; done
    for sizes in 4-16-3 13-64-64-1 30-100-50-1; do measure train "$sizes"; done
    measure first 4-16-3
    measure jit 4-16-3
done

changed=$([ -z "$(git -C "$root" status --porcelain)" ] || echo " with changes")
model=$(sed -n '/^model name/ { s/.*: //p; q }' /proc/cpuinfo)
runtime=$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10[^ ]*\).*/\1/p' | tail -n 1)
read -r least median < <(summary "$work/share")
echo "- $(date -u '+%Y-%m-%d %H:%M') UTC, \`benchmarks/against.sh $commit $rounds\`; old: $commit, new: $(git -C "$root" rev-parse --short HEAD)$changed"
echo "- ${model:-$(uname -m)}, $(nproc --all) processors; $(. /etc/os-release && echo "$PRETTY_NAME"); .NET $runtime"
echo "- Least times (medians). Processor $cpu, of which a program had ${median%.*} % (the least: ${least%.*} %)"
echo
echo "| what | old | new | ratio of the least | ratio of the medians | target |"
echo "| --- | --- | --- | --- | --- | --- |"
row "256 predictions, 4-16-3, µs" "predict 4-16-3 1" 2.5
row "256 predictions, 6-24-24-2, µs" "predict 6-24-24-2 1" 1.6
row "training step with Adam, 4-16-3, batch 32, µs" "train 4-16-3 1" 1.4
row "training step with Adam, 13-64-64-1, batch 32, µs" "train 13-64-64-1 1" 1.2
row "training step with Adam, 30-100-50-1, batch 32, µs" "train 30-100-50-1 1" 1.2
row "256 predictions, 4-16-3, one network of eight: the tenth call, µs" "first 4-16-3 1" ""
row "the same: mean of the first two seconds, µs" "first 4-16-3 2" ""
row "the same: in the end, µs" "first 4-16-3 3" ""
row "the same: the tenth call ÷ in the end" "first 4-16-3 4" "new ≤ 1.2" none
row "the same: mean of the first two seconds ÷ in the end" "first 4-16-3 5" "new ≤ 1.2" none
row "JIT compiler, 4-16-3: \`new\`, ms" "jit 4-16-3 1" ""
row "JIT compiler, 4-16-3: first prediction of one sample, ms" "jit 4-16-3 2" ""
row "JIT compiler, 4-16-3: first prediction of 256 behind that, ms" "jit 4-16-3 3" ""
row "JIT compiler, 4-16-3: both first predictions, ms" "jit 4-16-3 4" "new ≤ 40"
