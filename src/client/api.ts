// @ts-nocheck
/**
 * meet
 * 1
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {};
/**
 * The facts of a meeting; a link key goes in the header Meet-Key
 */
export function getMeeting(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            /** The whole link; like all that may be missing for hosts and the admin */
            url?: string;
            strategy?: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision?: number;
            allow?: string[];
            hosts?: string[];
            createdAt?: string;
            endedAt?: string | null;
            /** Whether a link without its key, or an invite, opens nothing */
            keyed: boolean;
            role: "guest" | "host";
            opensAt: string | null;
            serverTime: string;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}`, {
        ...opts
    }));
}
/**
 * Change a meeting; a null startsAt or allow takes it back. Hosts: title, expiry, and a list to allow
 */
export function changeMeeting(id: string, body: {
    title?: string;
    /** ISO 8601 with an offset */
    startsAt?: string | null;
    /** ISO 8601 with an offset */
    expiresAt?: string;
    /** Like 30m, 2h, 1d */
    extendBy?: string;
    allow?: string[] | null;
    "public"?: boolean;
    /** Uids that are host, proven by an invite or the host application; [] takes all back */
    hosts?: string[];
    /** Like Mon-Fri 14:00-16:00; Sat 9:00-11:30 */
    hours?: string | null;
    zone?: string;
    broadcast?: boolean;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            /** How many were put out just now; null with CometChat's cloud, where they stay */
            putOut: number | null;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body
    })));
}
/**
 * Who is in the call now, for whom its facts are for; null with CometChat's cloud, which tells nobody
 */
export function listPeople(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            people: {
                name: string;
                /** For who manages the meeting; kick and revoke go by it */
                uid?: string;
            }[] | null;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/people`, {
        ...opts
    }));
}
/**
 * Create a meeting, or get the same one again
 */
export function createMeeting(body: {
    /** uuid, stable, team, appointment, office-hours, time */
    strategy?: string;
    id?: string;
    prefix?: string;
    /** hour, day, week, month */
    bucket?: string;
    zone?: string;
    title?: string;
    /** ISO 8601 with an offset */
    startsAt?: string;
    /** ISO 8601 with an offset */
    expiresAt?: string;
    /** Like 30m, 2h, 1d */
    expiresIn?: string;
    allow?: string[];
    "public"?: boolean;
    /** Uids that are host, proven by an invite or the host application; [] takes all back */
    hosts?: string[];
    /** Like Mon-Fri 14:00-16:00; Sat 9:00-11:30 */
    hours?: string | null;
    broadcast?: boolean;
    reopen?: boolean;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            created: boolean;
            /** What it was until now; null where it was made */
            was: ("open" | "early" | "expired" | "ended" | null) | ("open" | "early" | "expired" | "ended" | null);
        };
    } | {
        status: 201;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            created: boolean;
            /** What it was until now; null where it was made */
            was: ("open" | "early" | "expired" | "ended" | null) | ("open" | "early" | "expired" | "ended" | null);
        };
    }>("/api/meetings", oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * All meetings
 */
export function listMeetings(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            meetings: {
                sessionId: string;
                title: string;
                access: "link" | "allow" | "public";
                startsAt: string | null;
                expiresAt: string;
                hours: string | null;
                zone: string | null;
                broadcast: boolean;
                url: string;
                strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
                revision: number;
                allow: string[];
                hosts: string[];
                createdAt: string;
                endedAt: string | null;
                /** When the door opens, if it is closed now */
                opensAt: string | null;
                /** How many are in it now; null where nobody can know */
                people: number | null;
            }[];
            serverTime: string;
        };
    }>("/api/meetings", {
        ...opts
    }));
}
/**
 * End a meeting: nobody gets in any more, and who is inside is put out
 */
export function endMeeting(id: string, body: {} | null, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            /** How many were put out just now; null with CometChat's cloud, where they stay */
            putOut: number | null;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/end`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * A link that opens the meeting as one user
 */
export function createInvite(id: string, body: {
    uid: string;
    name?: string;
    role?: "guest" | "host";
    /** Like 30m, 2h, 1d */
    expiresIn?: string;
    /** False: refused for who was revoked; by default an invite lets them in again */
    readmit?: boolean;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: {
            url: string;
            uid: string;
            role: "guest" | "host";
            expiresAt: string;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/invites`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * Put somebody out; by what they are given anew they may come again, where access lets them
 */
export function kickPerson(id: string, body: {
    uid: string;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            /** How many were put out just now; null with CometChat's cloud, where they stay */
            putOut: number | null;
            uid: string;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/kick`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * Put somebody out for good, until they are invited or listed again
 */
export function revokePerson(id: string, body: {
    uid: string;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            /** How many were put out just now; null with CometChat's cloud, where they stay */
            putOut: number | null;
            uid: string;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/revoke`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * Give the link another key; whoever is inside stays, unless putOut says otherwise
 */
export function rotateKey(id: string, body: {
    /** Like 30m, 2h, 1d */
    grace?: string;
    putOut?: boolean;
} | null, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            sessionId: string;
            title: string;
            access: "link" | "allow" | "public";
            startsAt: string | null;
            expiresAt: string;
            hours: string | null;
            zone: string | null;
            broadcast: boolean;
            url: string;
            strategy: "uuid" | "stable" | "team" | "appointment" | "office-hours" | "time";
            revision: number;
            allow: string[];
            hosts: string[];
            createdAt: string;
            endedAt: string | null;
            /** How many were put out just now; null with CometChat's cloud, where they stay */
            putOut: number | null;
            /** Until when the link of before works */
            oldLinkUntil: string | null;
        };
    }>(`/api/meetings/${encodeURIComponent(id)}/rotate-key`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
